// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Blobs
/// @notice Puts bytes on chain as event data under a digest that the contract computes itself.
interface IBlobs {
    /// @param digest keccak256 of `data`.
    event Put(bytes32 indexed digest, bytes data);

    error BlobTooLarge(uint256 given, uint256 most);

    /// @notice Emits `data`, at most `MAX_BLOB` bytes, and returns its digest.
    function put(bytes calldata data) external returns (bytes32 digest);
    function MAX_BLOB() external view returns (uint256);
}
