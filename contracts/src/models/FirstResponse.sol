// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../interfaces/IMarket.sol";
import { Terms } from "../libraries/Terms.sol";
import { Task, Work } from "../types/Task.sol";

/// @title First Response
/// @notice Per shard, the first valid response to open an earlier commitment is paid `maxPrice`. Commitments exclude nobody
/// and lock nothing.
library FirstResponse {
    /// @dev "First valid" has to be true on chain: a verifier judges before the payment, or anybody proves a wrong element after it.
    function checkTerms(Task calldata task, Work calldata work) internal pure {
        require(task.verifier != address(0) || work.codeHash != 0, IMarket.NotVerifiable(task.model));
        Terms.bound("delivery", task.delivery, 0, 0);
        Terms.bound("review", task.review, 0, 0);
    }

    /// @notice The deadline, or the earlier one that `cancel` set: responses come before it, the refund from it on.
    function endOf(Task calldata task, IMarket.TaskState memory state) internal pure returns (uint256) {
        return state.deadline == 0 ? task.deadline : state.deadline;
    }

    /// @notice The deadline after cancelling: who works on an answer now still has `notice` to bring it.
    function cancelledAt(Task calldata task, bytes32 taskId, uint256 notice) internal view returns (uint256 deadline) {
        deadline = block.timestamp + notice;
        require(deadline < task.deadline, IMarket.NotCancellable(taskId));
    }

    /// @notice Reverts unless the task takes commitments and responses now.
    function requireOpen(Task calldata task, bytes32 taskId, IMarket.TaskState memory state) internal view {
        require(block.timestamp >= task.opensAt, IMarket.NotOpenYet(taskId, task.opensAt, block.timestamp));
        uint256 end = endOf(task, state);
        require(block.timestamp < end, IMarket.DeadlinePassed(taskId, end, block.timestamp));
    }
}
