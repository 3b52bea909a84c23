// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A provider's answer to one shard.
struct Response {
    uint32 shard;
    address provider;
    /// @dev Merkle root of the shard's output.
    bytes32 outputRoot;
    /// @dev Opens the commitment `keccak256(abi.encode(taskId, shard, provider, outputRoot, salt))`.
    bytes32 salt;
    /// @dev From that leaf to the committed root (sorted pairs); empty when the leaf itself was committed.
    bytes32[] path;
    /// @dev The output's words, big-endian, when it rides along (at most `maxInlineOutput`); else empty.
    bytes output;
    /// @dev Where a larger output is (UTF-8 JSON, schema in the SDK); empty when `output` is given.
    bytes locator;
}

/// @notice What a provider committed to, so that a copier of its opening gains nothing.
function responseLeaf(bytes32 taskId, uint32 shard, address provider, bytes32 outputRoot, bytes32 salt)
    pure
    returns (bytes32)
{
    return keccak256(abi.encode(taskId, shard, provider, outputRoot, salt));
}
