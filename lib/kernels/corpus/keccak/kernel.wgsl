// keccak-256 of 32 bytes: element `id` hashes eight words of `data`, big-endian, from word 8 * id on.
// One element is one digest of eight words, big-endian.

const ROUND_LOW = array<u32, 24>(
  0x00000001u, 0x00008082u, 0x0000808au, 0x80008000u, 0x0000808bu, 0x80000001u, 0x80008081u, 0x00008009u,
  0x0000008au, 0x00000088u, 0x80008009u, 0x8000000au, 0x8000808bu, 0x0000008bu, 0x00008089u, 0x00008003u,
  0x00008002u, 0x00000080u, 0x0000800au, 0x8000000au, 0x80008081u, 0x00008080u, 0x80000001u, 0x80008008u);
const ROUND_HIGH = array<u32, 24>(
  0x00000000u, 0x00000000u, 0x80000000u, 0x80000000u, 0x00000000u, 0x00000000u, 0x80000000u, 0x80000000u,
  0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x80000000u, 0x80000000u, 0x80000000u,
  0x80000000u, 0x80000000u, 0x00000000u, 0x80000000u, 0x80000000u, 0x80000000u, 0x00000000u, 0x80000000u);
// By how much lane x + 5 y turns, and where it goes.
const TURNS = array<u32, 25>(0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14);

// Lanes are pairs (low word, high word).
alias Lane = vec2<u32>;

@group(0) @binding(0) var<storage, read> data: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;

fn turn(lane: Lane, by: u32) -> Lane {
  let turned = select(lane, lane.yx, by >= 32u);
  let bits = by & 31u;
  if (bits == 0u) {
    return turned;
  }
  return (turned << vec2<u32>(bits)) | (turned.yx >> vec2<u32>(32u - bits));
}

fn swapped(word: u32) -> u32 {
  return (word << 24u) | ((word & 0xff00u) << 8u) | ((word >> 8u) & 0xff00u) | (word >> 24u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  var lanes: array<Lane, 25>;
  for (var i = 0u; i < 4u; i++) {
    lanes[i] = vec2(swapped(data[8u * id + 2u * i]), swapped(data[8u * id + 2u * i + 1u]));
  }
  lanes[4].x = 1u;
  lanes[16].y = 0x80000000u;
  for (var round = 0u; round < 24u; round++) {
    var columns: array<Lane, 5>;
    for (var x = 0u; x < 5u; x++) {
      columns[x] = lanes[x] ^ lanes[x + 5u] ^ lanes[x + 10u] ^ lanes[x + 15u] ^ lanes[x + 20u];
    }
    for (var x = 0u; x < 5u; x++) {
      let mix = columns[(x + 4u) % 5u] ^ turn(columns[(x + 1u) % 5u], 1u);
      for (var y = 0u; y < 25u; y += 5u) {
        lanes[x + y] ^= mix;
      }
    }
    var moved: array<Lane, 25>;
    for (var y = 0u; y < 5u; y++) {
      for (var x = 0u; x < 5u; x++) {
        moved[y + 5u * ((2u * x + 3u * y) % 5u)] = turn(lanes[x + 5u * y], TURNS[x + 5u * y]);
      }
    }
    for (var y = 0u; y < 25u; y += 5u) {
      for (var x = 0u; x < 5u; x++) {
        lanes[x + y] = moved[x + y] ^ (~moved[(x + 1u) % 5u + y] & moved[(x + 2u) % 5u + y]);
      }
    }
    lanes[0] ^= vec2(ROUND_LOW[round], ROUND_HIGH[round]);
  }
  for (var i = 0u; i < 4u; i++) {
    output[8u * id + 2u * i] = swapped(lanes[i].x);
    output[8u * id + 2u * i + 1u] = swapped(lanes[i].y);
  }
}
