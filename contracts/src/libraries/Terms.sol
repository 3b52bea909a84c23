// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../interfaces/IMarket.sol";
import { Constants } from "../types/Constants.sol";
import { Model, Task, Work } from "../types/Task.sol";

/// @title Terms
/// @notice What any task may ask; the models add their own. Every bound names its field, the value given and the limits.
library Terms {
    /// @dev Least and most bond, as multiples of `maxPrice`.
    uint256 internal constant LEAST_BOND = 4;
    uint256 internal constant MOST_BOND = 20;
    /// @dev Bytes. Terms travel with every call: each has to fit a transaction, and to be paid for by whoever answers.
    uint256 internal constant MOST_VERIFIER_DATA = 1024;

    function check(Task calldata task, Work calldata work, bytes calldata metadata, Constants memory constants)
        internal
        view
    {
        _checkWork(task, work, constants);
        _checkMetadata(task, metadata, constants);
        _checkShards(task, constants);
        _checkMoney(task);
        _checkUnread(task);
        _checkTime(task, constants);
    }

    /// @notice Reverts unless `least` ≤ `given` ≤ `most`.
    function bound(bytes32 term, uint256 given, uint256 least, uint256 most) internal pure {
        require(given >= least && given <= most, IMarket.TermOutOfBounds(term, given, least, most));
    }

    function _checkWork(Task calldata task, Work calldata work, Constants memory constants) private pure {
        bytes32 computed = keccak256(abi.encode(work));
        require(task.workHash == computed, IMarket.WorkHashMismatch(task.workHash, computed));
        bound("inputs", work.inputs.length, 0, constants.maxInputs);
        // A buffer without words has no tree.
        for (uint256 i; i < work.inputs.length; ++i) {
            bound("input.words", work.inputs[i].words, 1, type(uint32).max);
        }
    }

    function _checkMetadata(Task calldata task, bytes calldata metadata, Constants memory constants) private pure {
        bound("metadata", metadata.length, 0, constants.maxMetadata);
        bytes32 computed = keccak256(metadata);
        require(task.metadataHash == computed, IMarket.MetadataHashMismatch(task.metadataHash, computed));
    }

    function _checkShards(Task calldata task, Constants memory constants) private pure {
        // What a verifier judges has to ride in `respond`.
        uint256 mostBytes = task.verifier == address(0) ? constants.maxOutput : constants.maxInlineOutput;
        bound("count", task.count, 1, type(uint32).max);
        bound("wordsPerElement", task.wordsPerElement, 1, mostBytes / 4);
        bound("elementsPerShard", task.elementsPerShard, 1, task.count);
        bound("elementsPerShard", task.elementsPerShard, 1, mostBytes / (4 * uint256(task.wordsPerElement)));
    }

    function _checkMoney(Task calldata task) private pure {
        bound("maxPrice", task.maxPrice, 1, type(uint96).max);
        bound("verifierData", task.verifierData.length, 0, task.verifier == address(0) ? 0 : MOST_VERIFIER_DATA);
        // A verifier leaves no wrong response to answer for, and First Response no duty to miss. Everywhere else a bond of
        // zero would make offers free, and free offers keep a client from cancelling.
        if (task.bond == 0 && task.model == Model.FirstResponse) return;
        bound("bond", task.bond, LEAST_BOND * task.maxPrice, MOST_BOND * task.maxPrice);
    }

    /// @dev The terms of models that this version does not serve.
    function _checkUnread(Task calldata task) private pure {
        bound("minPrice", task.minPrice, 0, 0);
        bound("bidding", task.bidding, 0, 0);
        bound("reveal", task.reveal, 0, 0);
        bound("ramp", task.ramp, 0, 0);
        bound("quorum", task.quorum, 0, 0);
        bound("panel", task.panel.length, 0, 0);
    }

    function _checkTime(Task calldata task, Constants memory constants) private view {
        uint256 opens = task.opensAt > block.timestamp ? task.opensAt : block.timestamp;
        uint256 latest = block.timestamp + constants.maxLife;
        bound("deadline", task.deadline, opens + constants.leastPeriod, latest);
        bound("end", uint256(task.deadline) + task.review + task.delivery, 0, latest);
    }
}
