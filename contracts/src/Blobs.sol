// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IBlobs } from "./interfaces/IBlobs.sol";

/// @title Blobs
/// @notice Kernel sources and small inputs as event data. Stateless: putting the same bytes twice emits them twice.
contract Blobs is IBlobs {
    /// @inheritdoc IBlobs
    uint256 public constant MAX_BLOB = 24 * 1024;

    /// @inheritdoc IBlobs
    function put(bytes calldata data) external returns (bytes32 digest) {
        require(data.length <= MAX_BLOB, BlobTooLarge(data.length, MAX_BLOB));
        digest = keccak256(data);
        emit Put(digest, data);
    }
}
