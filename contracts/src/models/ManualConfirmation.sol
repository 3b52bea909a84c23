// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IMarket } from "../interfaces/IMarket.sol";
import { Commitments } from "../libraries/Commitments.sol";
import { Terms } from "../libraries/Terms.sol";
import { Response } from "../types/Response.sol";
import { Task } from "../types/Task.sol";

/// @title Manual Confirmation
/// @notice Providers offer the whole task with a committed result; the client, who has seen previews only, confirms one at a
/// time; the confirmed provider delivers every open shard and is paid its ask for each.
library ManualConfirmation {
    /// @dev A missed shard costs this part of the bond.
    uint256 internal constant PENALTY_DIVISOR = 5;

    function checkTerms(Task calldata task, uint256 leastPeriod, uint256 maxLife) internal pure {
        Terms.bound("delivery", task.delivery, leastPeriod, maxLife);
        Terms.bound("review", task.review, leastPeriod, maxLife);
    }

    // ------------------------------------------------------------------ time

    /// @notice When offers end: the deadline, or the moment of cancelling.
    function offersEnd(Task calldata task, IMarket.TaskState memory state) internal pure returns (uint256) {
        return state.deadline == 0 ? task.deadline : state.deadline;
    }

    function reviewEnd(Task calldata task) internal pure returns (uint256) {
        return uint256(task.deadline) + task.review;
    }

    /// @notice A cancelled task had no live offer and so nothing to wait for.
    function endOf(Task calldata task, IMarket.TaskState memory state) internal pure returns (uint256) {
        return state.deadline == 0 ? reviewEnd(task) + task.delivery : state.deadline;
    }

    function deliverUntil(Task calldata task, IMarket.OfferState memory offer_) internal pure returns (uint256) {
        return uint256(offer_.confirmedAt) + task.delivery;
    }

    // ------------------------------------------------------------------ money

    /// @notice What `count` missed shards cost, each rounded down.
    function penaltyOf(Task calldata task, uint256 count) internal pure returns (uint256) {
        return task.bond / PENALTY_DIVISOR * count;
    }

    /// @notice What an offer holds until it is confirmed or withdrawn: each shard's part rounded up, so that no offer is free.
    function offerHold(Task calldata task) internal pure returns (uint256) {
        return Math.ceilDiv(task.bond, PENALTY_DIVISOR) * task.shards();
    }

    // ------------------------------------------------------------------ transitions

    /// @notice Whoever stands by an offer is not cancelled on; without one nobody is hurt, even after the deadline.
    function cancelledAt(Task calldata task, bytes32 taskId, IMarket.TaskState memory state)
        internal
        view
        returns (uint256)
    {
        require(state.liveOffers == 0 && block.timestamp < endOf(task, state), IMarket.NotCancellable(taskId));
        return block.timestamp;
    }

    function offer(
        Task calldata task,
        bytes32 taskId,
        IMarket.TaskState storage state,
        IMarket.OfferState storage slot,
        address provider,
        uint256 ask,
        bytes32 commitment
    ) internal {
        IMarket.TaskState memory now_ = state;
        uint256 until = offersEnd(task, now_);
        require(block.timestamp >= task.opensAt, IMarket.NotOpenYet(taskId, task.opensAt, block.timestamp));
        require(block.timestamp < until, IMarket.DeadlinePassed(taskId, until, block.timestamp));
        require(ask <= task.maxPrice, IMarket.AskAboveMaxPrice(ask, task.maxPrice));
        require(now_.delivered < task.shards(), IMarket.NothingOpen(taskId));
        // One for good: a second offer could change what the client is about to confirm.
        require(slot.status == IMarket.OfferStatus.None, IMarket.OfferExists(taskId, provider));

        state.liveOffers = now_.liveOffers + 1;
        slot.commitment = commitment;
        slot.ask = uint96(ask);
        slot.offeredAt = uint40(block.timestamp);
        slot.status = IMarket.OfferStatus.Open;
    }

    /// @notice Whether no offer can be confirmed any more, now or later. (A cancelled task has none.)
    function isOver(Task calldata task, IMarket.TaskState storage state) internal view returns (bool) {
        return block.timestamp >= reviewEnd(task) || openShards(task, state) == 0;
    }

    function withdraw(
        bytes32 taskId,
        IMarket.TaskState storage state,
        IMarket.OfferState storage slot,
        address provider
    ) internal {
        requireOpenOffer(taskId, slot, provider);
        slot.status = IMarket.OfferStatus.Withdrawn;
        --state.liveOffers;
    }

    /// @return open the shards that the provider has to deliver now.
    function confirm(
        Task calldata task,
        bytes32 taskId,
        IMarket.TaskState storage state,
        mapping(address => IMarket.OfferState) storage offers,
        address provider
    ) internal returns (uint32 open) {
        uint256 until = reviewEnd(task);
        require(block.timestamp < until, IMarket.ReviewPassed(taskId, until, block.timestamp));
        open = openShards(task, state);
        require(open != 0, IMarket.NothingOpen(taskId));
        address last = state.confirmed;
        require(offers[last].status != IMarket.OfferStatus.Confirmed, IMarket.ConfirmationOpen(taskId, last));
        IMarket.OfferState storage slot = offers[provider];
        requireOpenOffer(taskId, slot, provider);

        state.confirmed = provider;
        slot.confirmedAt = uint40(block.timestamp);
        slot.status = IMarket.OfferStatus.Confirmed;
    }

    /// @notice The confirmed provider answers one shard.
    /// @return ask what it is paid.
    /// @return confirmedAt since when it could be given.
    function answer(
        Task calldata task,
        bytes32 taskId,
        IMarket.TaskState storage state,
        IMarket.OfferState memory slot,
        Response calldata response,
        uint256 age
    ) internal returns (uint256 ask, uint256 confirmedAt) {
        require(slot.status == IMarket.OfferStatus.Confirmed, IMarket.NotConfirmed(taskId, response.provider));
        uint256 until = deliverUntil(task, slot);
        require(block.timestamp < until, IMarket.DeliveryPassed(taskId, until, block.timestamp));
        bytes32 root = Commitments.rootOf(taskId, response);
        require(root == slot.commitment, IMarket.NoCommitment(taskId, response.provider, root));
        require(
            block.timestamp >= slot.offeredAt + age, IMarket.CommitmentTooYoung(root, slot.offeredAt, block.timestamp)
        );

        ++state.delivered;
        return (slot.ask, slot.confirmedAt);
    }

    /// @return open the shards that were not delivered in time.
    function expire(
        Task calldata task,
        bytes32 taskId,
        IMarket.TaskState storage state,
        IMarket.OfferState storage slot,
        address provider
    ) internal returns (uint32 open) {
        require(slot.status == IMarket.OfferStatus.Confirmed, IMarket.NotConfirmed(taskId, provider));
        uint256 until = deliverUntil(task, slot);
        require(block.timestamp >= until, IMarket.DeliveryNotPassed(taskId, until, block.timestamp));
        open = openShards(task, state);
        require(open != 0, IMarket.NothingOpen(taskId));

        slot.status = IMarket.OfferStatus.Missed;
        --state.liveOffers;
    }

    // ------------------------------------------------------------------ facts

    function openShards(Task calldata task, IMarket.TaskState storage state) internal view returns (uint32) {
        return task.shards() - state.delivered;
    }

    function requireOpenOffer(bytes32 taskId, IMarket.OfferState storage slot, address provider) internal view {
        IMarket.OfferStatus status = slot.status;
        require(
            status != IMarket.OfferStatus.Confirmed && status != IMarket.OfferStatus.Missed,
            IMarket.OfferConfirmed(taskId, provider)
        );
        require(status == IMarket.OfferStatus.Open, IMarket.NoOffer(taskId, provider));
    }
}
