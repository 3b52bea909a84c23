// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../interfaces/IMarket.sol";
import { IVerifier } from "../interfaces/IVerifier.sol";
import { Response } from "../types/Response.sol";
import { Task } from "../types/Task.sol";
import { Merkle } from "./Merkle.sol";

/// @title Outputs
/// @notice What a response has to bring: the output under its root or, when it is large, where to find it.
library Outputs {
    function check(Task calldata task, Response calldata response, uint256 maxInline, uint256 maxLocator)
        internal
        pure
    {
        uint256 expected = 4 * uint256(task.wordsPerElement) * task.shardElements(response.shard);
        uint256 given = response.output.length;
        uint256 located = response.locator.length;
        if (expected > maxInline) {
            require(given == 0, IMarket.OutputTooLargeForChain(given, maxInline));
            require(located != 0, IMarket.OutputOrLocator(given, located));
            require(located <= maxLocator, IMarket.LocatorTooLarge(located, maxLocator));
        } else {
            require(located == 0, IMarket.OutputOrLocator(given, located));
            require(given == expected, IMarket.OutputSizeMismatch(given, expected));
            bytes32 computed = Merkle.rootOf(response.output);
            require(response.outputRoot == computed, IMarket.OutputRootMismatch(response.outputRoot, computed));
        }
    }

    /// @notice Asks the task's verifier, when it has one; anything but its magic word refuses the response.
    /// @dev A static call, so nothing can re-enter. Too little gas refuses too, which costs only the transaction.
    function judge(Task calldata task, bytes32 taskId, Response calldata response, uint256 gasCap) internal view {
        if (task.verifier == address(0)) return;
        bytes memory call =
            abi.encodeCall(IVerifier.verify, (taskId, task, response.shard, response.provider, response.output));
        (bool success, bytes memory answer) = task.verifier.staticcall{ gas: gasCap }(call);
        require(
            success && answer.length == 32 && bytes32(answer) == bytes32(IVerifier.verify.selector),
            IMarket.RefusedByVerifier(taskId, response.shard, task.verifier)
        );
    }
}
