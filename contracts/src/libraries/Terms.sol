// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

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
    /// @dev Gas of the dearest challenge, and the least wei a gas that a bond may reckon with.
    uint256 internal constant CHALLENGE_GAS = 8_000_000;
    uint256 internal constant LEAST_GAS_PRICE = 1 gwei;
    /// @dev The challenger gets one part in this many of bond − price (Vault's split).
    uint256 internal constant CHALLENGERS_PART = 4;

    function check(Task calldata task, Work calldata work, bytes calldata metadata, Constants memory constants)
        internal
        view
    {
        _checkWork(task, work, constants);
        _checkMetadata(task, metadata, constants);
        _checkShards(task, constants);
        _checkJudge(task, work);
        _checkBond(task, work);
        _checkUnread(task);
        _checkTime(task, constants);
    }

    /// @notice Reverts unless `least` ≤ `given` ≤ `most`.
    function bound(bytes32 term, uint256 given, uint256 least, uint256 most) internal pure {
        require(given >= least && given <= most, IMarket.TermOutOfBounds(term, given, least, most));
    }

    /// @notice Reverts unless `work` is the task's.
    function requireWork(Task calldata task, Work calldata work) internal pure {
        bytes32 computed = keccak256(abi.encode(work));
        require(task.workHash == computed, IMarket.WorkHashMismatch(task.workHash, computed));
    }

    function _checkWork(Task calldata task, Work calldata work, Constants memory constants) private pure {
        requireWork(task, work);
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

    /// @dev Who judges a response: a verifier, at once and for good, or its element code, when it is challenged. Never both:
    /// what the verifier lets pass could not be challenged, and the element code would promise in vain.
    function _checkJudge(Task calldata task, Work calldata work) private pure {
        bool judged = task.verifier != address(0);
        bound("verifierData", task.verifierData.length, 0, judged ? MOST_VERIFIER_DATA : 0);
        require(!judged || work.codeHash == 0, IMarket.TwoJudges(task.verifier, work.codeHash));
    }

    function _checkBond(Task calldata task, Work calldata work) private view {
        bound("maxPrice", task.maxPrice, 1, type(uint96).max);
        // A verifier leaves no wrong response to answer for, and First Response no duty to miss. Everywhere else a bond of
        // zero would make offers free, and free offers keep a client from cancelling.
        if (task.bond == 0 && task.model == Model.FirstResponse && task.verifier != address(0)) return;
        uint256 most = MOST_BOND * task.maxPrice;
        // Of however small a price, a challenge has to pay for its gas out of the bond.
        if (work.codeHash != 0) most = Math.max(most, payingBond(task.maxPrice, block.basefee));
        bound("bond", task.bond, LEAST_BOND * task.maxPrice, most);
    }

    /// @notice The bond of which the challenger's share pays for the dearest challenge there can be.
    /// @param baseFee wei a gas now; below `LEAST_GAS_PRICE` it counts as that, lest a quiet hour set the bonds of a busy day.
    function payingBond(uint256 price, uint256 baseFee) internal pure returns (uint256) {
        return price + CHALLENGERS_PART * CHALLENGE_GAS * Math.max(baseFee, LEAST_GAS_PRICE);
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
