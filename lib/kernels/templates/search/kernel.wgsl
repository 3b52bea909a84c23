// Searches CREATE2 salts: keccak256(0xff ++ deployer ++ salt ++ initCodeHash), last 20 bytes = address.
// One element tries 256 salts: client (20 bytes) ++ seed (4) ++ element id (4) ++ try (4), all big-endian.
// Its nine words: 1 and the salt of the first address with (address & mask) == value, or all zero.

const TRIES = 256u;

// Words of `search_words`, big-endian: addresses are five words, hashes eight.
const DEPLOYER = 0u;
const INIT_CODE_HASH = 5u;
const CLIENT = 13u;
const SEED = 18u;
const VALUE = 19u;
const MASK = 24u;

// Round constants of keccak-f[1600], low word and high word.
const ROUND_LOW = array<u32, 24>(
  0x00000001u, 0x00008082u, 0x0000808au, 0x80008000u, 0x0000808bu, 0x80000001u, 0x80008081u, 0x00008009u,
  0x0000008au, 0x00000088u, 0x80008009u, 0x8000000au, 0x8000808bu, 0x0000008bu, 0x00008089u, 0x00008003u,
  0x00008002u, 0x00000080u, 0x0000800au, 0x8000000au, 0x80008081u, 0x00008080u, 0x80000001u, 0x80008008u);
const ROUND_HIGH = array<u32, 24>(
  0x00000000u, 0x00000000u, 0x80000000u, 0x80000000u, 0x00000000u, 0x00000000u, 0x80000000u, 0x80000000u,
  0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x80000000u, 0x80000000u, 0x80000000u,
  0x80000000u, 0x80000000u, 0x00000000u, 0x80000000u, 0x80000000u, 0x80000000u, 0x00000000u, 0x80000000u);

@group(0) @binding(0) var<storage, read> search_words: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;

// Lanes of keccak are pairs (low word, high word). 0 < n < 32.
fn rotate(lane: vec2<u32>, n: u32) -> vec2<u32> {
  return (lane << vec2<u32>(n, n)) | (lane.yx >> vec2<u32>(32u - n, 32u - n));
}

fn reverse_bytes(word: u32) -> u32 {
  return (word << 24u) | ((word & 0xff00u) << 8u) | ((word >> 8u) & 0xff00u) | (word >> 24u);
}

// The preimage starts with one byte, so that every later word straddles two: the last byte of one, three of the next.
fn straddle(before: u32, after: u32) -> u32 {
  return reverse_bytes((before << 24u) | (after >> 8u));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;

  // Words of the preimage that do not depend on the try.
  var head: array<u32, 12>;
  var before = 0xffu;
  for (var i = 0u; i < 5u; i++) {
    head[i] = straddle(before, search_words[DEPLOYER + i]);
    before = search_words[DEPLOYER + i];
  }
  for (var i = 0u; i < 5u; i++) {
    head[5u + i] = straddle(before, search_words[CLIENT + i]);
    before = search_words[CLIENT + i];
  }
  head[10] = straddle(before, search_words[SEED]);
  head[11] = straddle(search_words[SEED], id);
  var tail: array<u32, 8>;
  for (var i = 0u; i < 7u; i++) {
    tail[i] = straddle(search_words[INIT_CODE_HASH + i], search_words[INIT_CODE_HASH + i + 1u]);
  }
  tail[7] = straddle(search_words[INIT_CODE_HASH + 7u], 0x01000000u); // byte 85: the padding's first bit

  var found = 0u;
  var last = 0u;
  for (var attempt = 0u; attempt < TRIES; attempt++) {
    var a0 = vec2<u32>(head[0], head[1]);
    var a1 = vec2<u32>(head[2], head[3]);
    var a2 = vec2<u32>(head[4], head[5]);
    var a3 = vec2<u32>(head[6], head[7]);
    var a4 = vec2<u32>(head[8], head[9]);
    var a5 = vec2<u32>(head[10], head[11]);
    var a6 = vec2<u32>(straddle(id, attempt), straddle(attempt, search_words[INIT_CODE_HASH]));
    var a7 = vec2<u32>(tail[0], tail[1]);
    var a8 = vec2<u32>(tail[2], tail[3]);
    var a9 = vec2<u32>(tail[4], tail[5]);
    var a10 = vec2<u32>(tail[6], tail[7]);
    var a11 = vec2<u32>(0u, 0u);
    var a12 = vec2<u32>(0u, 0u);
    var a13 = vec2<u32>(0u, 0u);
    var a14 = vec2<u32>(0u, 0u);
    var a15 = vec2<u32>(0u, 0u);
    var a16 = vec2<u32>(0u, 0x80000000u); // byte 135: the padding's last bit
    var a17 = vec2<u32>(0u, 0u);
    var a18 = vec2<u32>(0u, 0u);
    var a19 = vec2<u32>(0u, 0u);
    var a20 = vec2<u32>(0u, 0u);
    var a21 = vec2<u32>(0u, 0u);
    var a22 = vec2<u32>(0u, 0u);
    var a23 = vec2<u32>(0u, 0u);
    var a24 = vec2<u32>(0u, 0u);
    for (var turn = 0u; turn < 24u; turn++) {
      let c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20;
      let c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21;
      let c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
      let c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23;
      let c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
      let d0 = c4 ^ rotate(c1, 1u);
      let d1 = c0 ^ rotate(c2, 1u);
      let d2 = c1 ^ rotate(c3, 1u);
      let d3 = c2 ^ rotate(c4, 1u);
      let d4 = c3 ^ rotate(c0, 1u);
      let b0 = a0 ^ d0;
      let b16 = rotate((a5 ^ d0).yx, 4u);
      let b7 = rotate(a10 ^ d0, 3u);
      let b23 = rotate((a15 ^ d0).yx, 9u);
      let b14 = rotate(a20 ^ d0, 18u);
      let b10 = rotate(a1 ^ d1, 1u);
      let b1 = rotate((a6 ^ d1).yx, 12u);
      let b17 = rotate(a11 ^ d1, 10u);
      let b8 = rotate((a16 ^ d1).yx, 13u);
      let b24 = rotate(a21 ^ d1, 2u);
      let b20 = rotate((a2 ^ d2).yx, 30u);
      let b11 = rotate(a7 ^ d2, 6u);
      let b2 = rotate((a12 ^ d2).yx, 11u);
      let b18 = rotate(a17 ^ d2, 15u);
      let b9 = rotate((a22 ^ d2).yx, 29u);
      let b5 = rotate(a3 ^ d3, 28u);
      let b21 = rotate((a8 ^ d3).yx, 23u);
      let b12 = rotate(a13 ^ d3, 25u);
      let b3 = rotate(a18 ^ d3, 21u);
      let b19 = rotate((a23 ^ d3).yx, 24u);
      let b15 = rotate(a4 ^ d4, 27u);
      let b6 = rotate(a9 ^ d4, 20u);
      let b22 = rotate((a14 ^ d4).yx, 7u);
      let b13 = rotate(a19 ^ d4, 8u);
      let b4 = rotate(a24 ^ d4, 14u);
      a0 = b0 ^ (~b1 & b2) ^ vec2<u32>(ROUND_LOW[turn], ROUND_HIGH[turn]);
      a1 = b1 ^ (~b2 & b3);
      a2 = b2 ^ (~b3 & b4);
      a3 = b3 ^ (~b4 & b0);
      a4 = b4 ^ (~b0 & b1);
      a5 = b5 ^ (~b6 & b7);
      a6 = b6 ^ (~b7 & b8);
      a7 = b7 ^ (~b8 & b9);
      a8 = b8 ^ (~b9 & b5);
      a9 = b9 ^ (~b5 & b6);
      a10 = b10 ^ (~b11 & b12);
      a11 = b11 ^ (~b12 & b13);
      a12 = b12 ^ (~b13 & b14);
      a13 = b13 ^ (~b14 & b10);
      a14 = b14 ^ (~b10 & b11);
      a15 = b15 ^ (~b16 & b17);
      a16 = b16 ^ (~b17 & b18);
      a17 = b17 ^ (~b18 & b19);
      a18 = b18 ^ (~b19 & b15);
      a19 = b19 ^ (~b15 & b16);
      a20 = b20 ^ (~b21 & b22);
      a21 = b21 ^ (~b22 & b23);
      a22 = b22 ^ (~b23 & b24);
      a23 = b23 ^ (~b24 & b20);
      a24 = b24 ^ (~b20 & b21);
    }
    let miss = ((reverse_bytes(a1.y) & search_words[MASK]) ^ search_words[VALUE])
      | ((reverse_bytes(a2.x) & search_words[MASK + 1u]) ^ search_words[VALUE + 1u])
      | ((reverse_bytes(a2.y) & search_words[MASK + 2u]) ^ search_words[VALUE + 2u])
      | ((reverse_bytes(a3.x) & search_words[MASK + 3u]) ^ search_words[VALUE + 3u])
      | ((reverse_bytes(a3.y) & search_words[MASK + 4u]) ^ search_words[VALUE + 4u]);
    if (miss == 0u) {
      found = 1u;
      last = attempt;
      break;
    }
  }

  output[9u * id] = found;
  for (var i = 0u; i < 5u; i++) {
    output[9u * id + 1u + i] = found * search_words[CLIENT + i];
  }
  output[9u * id + 6u] = found * search_words[SEED];
  output[9u * id + 7u] = found * id;
  output[9u * id + 8u] = last;
}
