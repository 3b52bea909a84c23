// SHA-256 of the SHA-256 of 80 bytes, as in a block header: 19 words of `head` and the element id as the last one.
// One element is one digest of eight words, big-endian.

const K = array<u32, 64>(
  0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
  0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
  0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
  0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
  0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
  0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
  0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
  0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u);

@group(0) @binding(0) var<storage, read> head: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;

fn rotate(word: u32, bits: u32) -> u32 {
  return (word >> bits) | (word << (32u - bits));
}

fn compress(state: ptr<function, array<u32, 8>>, block: ptr<function, array<u32, 16>>) {
  var a = (*state)[0];
  var b = (*state)[1];
  var c = (*state)[2];
  var d = (*state)[3];
  var e = (*state)[4];
  var f = (*state)[5];
  var g = (*state)[6];
  var h = (*state)[7];
  for (var round = 0u; round < 64u; round++) {
    let at = round & 15u;
    if (round >= 16u) {
      let w15 = (*block)[(round + 1u) & 15u];
      let w2 = (*block)[(round + 14u) & 15u];
      let s0 = rotate(w15, 7u) ^ rotate(w15, 18u) ^ (w15 >> 3u);
      let s1 = rotate(w2, 17u) ^ rotate(w2, 19u) ^ (w2 >> 10u);
      (*block)[at] += s0 + (*block)[(round + 9u) & 15u] + s1;
    }
    let t1 = h + (rotate(e, 6u) ^ rotate(e, 11u) ^ rotate(e, 25u)) + ((e & f) ^ (~e & g)) + K[round] + (*block)[at];
    let t2 = (rotate(a, 2u) ^ rotate(a, 13u) ^ rotate(a, 22u)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  (*state)[0] += a;
  (*state)[1] += b;
  (*state)[2] += c;
  (*state)[3] += d;
  (*state)[4] += e;
  (*state)[5] += f;
  (*state)[6] += g;
  (*state)[7] += h;
}

fn start() -> array<u32, 8> {
  return array<u32, 8>(0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au, 0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  var state = start();
  var block: array<u32, 16>;
  for (var i = 0u; i < 16u; i++) {
    block[i] = head[i];
  }
  compress(&state, &block);
  block = array<u32, 16>();
  for (var i = 0u; i < 3u; i++) {
    block[i] = head[16u + i];
  }
  block[3] = id;
  block[4] = 0x80000000u;
  block[15] = 640u; // bits
  compress(&state, &block);
  block = array<u32, 16>();
  for (var i = 0u; i < 8u; i++) {
    block[i] = state[i];
  }
  block[8] = 0x80000000u;
  block[15] = 256u; // bits
  state = start();
  compress(&state, &block);
  for (var i = 0u; i < 8u; i++) {
    output[8u * id + i] = state[i];
  }
}
