// C = A * B of int8, four values a word, accumulated in i32. A has `rows` rows of DEPTH words; B comes column after
// column, DEPTH words each, so that one element reads two runs of words. One element is one entry of C, row-major.

const DEPTH = 256u; // words: 1,024 values

@group(0) @binding(0) var<storage, read> shape: array<u32>; // columns of C
@group(0) @binding(1) var<storage, read> left: array<u32>;
@group(0) @binding(2) var<storage, read> right: array<u32>;
@group(0) @binding(3) var<storage, read_write> output: array<i32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let id = global_id.x;
  let columns = shape[0];
  let a = (id / columns) * DEPTH;
  let b = (id % columns) * DEPTH;
  var sum = 0;
  for (var i = 0u; i < DEPTH; i++) {
    sum += dot4I8Packed(left[a + i], right[b + i]);
  }
  output[id] = sum;
}
