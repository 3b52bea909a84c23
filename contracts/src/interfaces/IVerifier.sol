// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Task } from "../types/Task.sol";

/// @title Verifier
/// @notice Judges an output inside `respond`. A task names its verifier; what it says is final at once.
/// @dev Warning: a verifier is code that the client chose. Providers accept those they know.
interface IVerifier {
    /// @return magic `IVerifier.verify.selector` when `output` is a valid answer to `shard` of `task`; anything else refuses it.
    function verify(bytes32 taskId, Task calldata task, uint32 shard, address provider, bytes calldata output)
        external
        view
        returns (bytes4 magic);
}
