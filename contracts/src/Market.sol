// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Address } from "@openzeppelin/contracts/utils/Address.sol";

import { IFraudProof } from "./interfaces/IFraudProof.sol";
import { IMarket } from "./interfaces/IMarket.sol";
import { IVault } from "./interfaces/IVault.sol";
import { Commitments } from "./libraries/Commitments.sol";
import { Outputs } from "./libraries/Outputs.sol";
import { Terms } from "./libraries/Terms.sol";
import { FirstResponse } from "./models/FirstResponse.sol";
import { ManualConfirmation } from "./models/ManualConfirmation.sol";
import { Constants } from "./types/Constants.sol";
import { Proof, Verdict } from "./types/Proof.sol";
import { Record } from "./types/Record.sol";
import { Response } from "./types/Response.sol";
import { Settlement } from "./types/Settlement.sol";
import { Model, Task, Work } from "./types/Task.sol";

/// @title Market
/// @notice Where tasks are published, answered and paid. It decides who is owed what; Vault moves the money.
/// @dev Terms come with every call and are known by their hash: an id that has an escrow was published, so its terms hold.
/// No call out of here reaches code that anybody chose, but for a verifier, which is called statically.
contract Market is IMarket {
    /// @inheritdoc IMarket
    IVault public immutable VAULT;
    /// @inheritdoc IMarket
    IFraudProof public immutable FRAUD_PROOF;

    uint256 internal immutable WINDOW;
    uint256 internal immutable COMMITMENT_AGE;
    uint256 internal immutable LEAST_PERIOD;
    uint256 internal immutable CANCEL_NOTICE;
    uint256 internal immutable MAX_LIFE;
    uint256 internal immutable MAX_METADATA;
    uint256 internal immutable MAX_PREVIEW;
    uint256 internal immutable MAX_LOCATOR;
    uint256 internal immutable MAX_INLINE_OUTPUT;
    uint256 internal immutable MAX_OUTPUT;
    uint256 internal immutable MAX_INPUTS;
    uint256 internal immutable VERIFIER_GAS;

    mapping(bytes32 taskId => TaskState) internal _tasks;
    mapping(bytes32 taskId => mapping(uint32 shard => ShardState)) internal _shards;
    mapping(bytes32 taskId => mapping(address provider => CommitmentState[4])) internal _commitments;
    mapping(bytes32 taskId => mapping(address provider => OfferState)) internal _offers;
    mapping(address provider => Record) internal _records;

    constructor(IVault vault, IFraudProof fraudProof, Constants memory constants_) {
        VAULT = vault;
        FRAUD_PROOF = fraudProof;
        WINDOW = vault.WINDOW();
        COMMITMENT_AGE = constants_.commitmentAge;
        LEAST_PERIOD = constants_.leastPeriod;
        CANCEL_NOTICE = constants_.cancelNotice;
        MAX_LIFE = constants_.maxLife;
        MAX_METADATA = constants_.maxMetadata;
        MAX_PREVIEW = constants_.maxPreview;
        MAX_LOCATOR = constants_.maxLocator;
        MAX_INLINE_OUTPUT = constants_.maxInlineOutput;
        MAX_OUTPUT = constants_.maxOutput;
        MAX_INPUTS = constants_.maxInputs;
        VERIFIER_GAS = constants_.verifierGas;
    }

    // ------------------------------------------------------------------ publish, cancel, reclaim

    /// @inheritdoc IMarket
    function publish(Task calldata task, Work calldata work, bytes calldata metadata)
        external
        payable
        returns (bytes32 taskId)
    {
        taskId = taskIdFor(task);
        require(msg.sender == task.client, ClientIsNotCaller(task.client, msg.sender));
        Terms.check(task, work, metadata, constants());
        if (task.model == Model.FirstResponse) FirstResponse.checkTerms(task, work);
        else if (task.model == Model.ManualConfirmation) ManualConfirmation.checkTerms(task, LEAST_PERIOD, MAX_LIFE);
        else revert ModelNotServed(task.model);
        uint256 owed = uint256(task.shards()) * task.maxPrice;
        require(msg.value == owed, WrongEscrow(msg.value, owed));

        emit Published(taskId, msg.sender, task, work, metadata);

        VAULT.openEscrow{ value: msg.value }(taskId);
    }

    /// @inheritdoc IMarket
    function cancel(Task calldata task) external {
        bytes32 taskId = taskIdFor(task);
        TaskState storage state = _tasks[taskId];
        require(msg.sender == task.client, ClientIsNotCaller(task.client, msg.sender));
        _requirePublished(taskId);
        require(state.deadline == 0, AlreadyCancelled(taskId));
        uint256 deadline = task.model == Model.FirstResponse
            ? FirstResponse.cancelledAt(task, taskId, CANCEL_NOTICE)
            : ManualConfirmation.cancelledAt(task, taskId, state);

        state.deadline = uint40(deadline);

        emit Cancelled(taskId, msg.sender, deadline);
    }

    /// @inheritdoc IMarket
    function reclaim(Task calldata task) external returns (uint256 amount) {
        bytes32 taskId = taskIdFor(task);
        TaskState storage state = _tasks[taskId];
        _requirePublished(taskId);
        uint256 end = _endOf(task, state);
        require(block.timestamp >= end, NotEnded(taskId, end, block.timestamp));
        require(!state.reclaimed, AlreadyReclaimed(taskId));

        state.reclaimed = true;

        amount = VAULT.closeEscrow(taskId, task.client);
        emit Reclaimed(taskId, task.client, amount);
    }

    // ------------------------------------------------------------------ respond

    /// @inheritdoc IMarket
    function respond(Task calldata task, Response calldata response) external {
        _respond(task, taskIdFor(task), response);
    }

    /// @inheritdoc IMarket
    function respondMany(Task calldata task, Response[] calldata responses) external returns (uint256 paid) {
        bytes32 taskId = taskIdFor(task);
        for (uint256 i; i < responses.length; ++i) {
            if (_shards[taskId][responses[i].shard].settledAt != 0) continue;
            _respond(task, taskId, responses[i]);
            ++paid;
        }
    }

    // ------------------------------------------------------------------ challenge

    /// @inheritdoc IMarket
    function challenge(
        Task calldata task,
        Work calldata work,
        address provider,
        bytes32 outputRoot,
        uint256 price,
        Proof calldata proof
    ) external {
        bytes32 taskId = taskIdFor(task);
        uint32 index = proof.id / task.elementsPerShard;
        Terms.requireWork(task, work);
        require(task.verifier == address(0), FinalByVerifier(taskId, task.verifier));
        uint256 settledAt =
            _requireChallengeable(taskId, index, bytes26(keccak256(abi.encode(provider, outputRoot, price))));

        _shards[taskId][index].slashed = true;
        _records[provider].addSlashed();

        Verdict memory verdict = _prove();
        emit Convicted(taskId, provider, msg.sender, index, proof.id, proof.word, verdict.committed, verdict.computed);

        VAULT.slash(provider, task.client, msg.sender, task.bond, price, settledAt);
    }

    // ------------------------------------------------------------------ several calls

    /// @inheritdoc IMarket
    function multicall(bytes[] calldata calls) external returns (bytes[] memory results) {
        results = new bytes[](calls.length);
        for (uint256 i; i < calls.length; ++i) {
            results[i] = Address.functionDelegateCall(address(this), calls[i]);
        }
    }

    // ------------------------------------------------------------------ First Response

    /// @inheritdoc IMarket
    function commit(Task calldata task, address provider, bytes32 commitment) external {
        bytes32 taskId = taskIdFor(task);
        VAULT.requireWorker(provider, msg.sender);
        require(task.model == Model.FirstResponse, WrongModel(taskId, task.model));
        FirstResponse.requireOpen(task, taskId, _tasks[taskId]);

        Commitments.add(_commitments[taskId][provider], commitment);

        emit Committed(taskId, provider, commitment);
    }

    // ------------------------------------------------------------------ Manual Confirmation

    /// @inheritdoc IMarket
    function offer(Task calldata task, address provider, uint256 ask, bytes32 commitment, bytes calldata preview)
        external
    {
        bytes32 taskId = taskIdFor(task);
        VAULT.requireWorker(provider, msg.sender);
        _requirePublished(taskId);
        require(task.model == Model.ManualConfirmation, WrongModel(taskId, task.model));
        require(preview.length <= MAX_PREVIEW, PreviewTooLarge(preview.length, MAX_PREVIEW));
        uint256 held = ManualConfirmation.offerHold(task);

        ManualConfirmation.offer(task, taskId, _tasks[taskId], _offers[taskId][provider], provider, ask, commitment);

        emit Offered(taskId, provider, ask, commitment, held, preview);

        VAULT.hold(provider, msg.sender, held, task.minOwnStake);
    }

    /// @inheritdoc IMarket
    function withdrawOffer(Task calldata task, address provider) external {
        bytes32 taskId = taskIdFor(task);
        TaskState storage state = _tasks[taskId];
        // A hold that only its provider could end would freeze the provider's stakers for ever.
        if (!ManualConfirmation.isOver(task, state)) VAULT.requireWorker(provider, msg.sender);
        uint256 held = ManualConfirmation.offerHold(task);

        ManualConfirmation.withdraw(taskId, state, _offers[taskId][provider], provider);

        emit OfferWithdrawn(taskId, provider, held);

        VAULT.free(provider, held);
    }

    /// @inheritdoc IMarket
    function confirm(Task calldata task, address provider) external {
        bytes32 taskId = taskIdFor(task);
        require(msg.sender == task.client, ClientIsNotCaller(task.client, msg.sender));

        uint32 open = ManualConfirmation.confirm(task, taskId, _tasks[taskId], _offers[taskId], provider);

        OfferState memory offer_ = _offers[taskId][provider];
        emit Confirmed(taskId, msg.sender, provider, offer_.ask, open, ManualConfirmation.deliverUntil(task, offer_));

        uint256 held = ManualConfirmation.offerHold(task);
        uint256 wanted = uint256(task.bond) * open;
        // The provider agreed to this hold when it offered, so it counts as its own worker here.
        if (wanted > held) VAULT.hold(provider, provider, wanted - held, task.minOwnStake);
        else if (wanted < held) VAULT.free(provider, held - wanted);
    }

    /// @inheritdoc IMarket
    function expire(Task calldata task, address provider) external {
        bytes32 taskId = taskIdFor(task);

        uint32 open = ManualConfirmation.expire(task, taskId, _tasks[taskId], _offers[taskId][provider], provider);
        _records[provider].addMissed(open);

        uint256 penalty = ManualConfirmation.penaltyOf(task, open);
        emit Missed(taskId, provider, msg.sender, open, penalty);

        VAULT.penalise(provider, msg.sender, uint256(task.bond) * open, penalty);
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IMarket
    function constants() public view returns (Constants memory) {
        return Constants({
            commitmentAge: COMMITMENT_AGE,
            leastPeriod: LEAST_PERIOD,
            cancelNotice: CANCEL_NOTICE,
            maxLife: MAX_LIFE,
            maxMetadata: MAX_METADATA,
            maxPreview: MAX_PREVIEW,
            maxLocator: MAX_LOCATOR,
            maxInlineOutput: MAX_INLINE_OUTPUT,
            maxOutput: MAX_OUTPUT,
            maxInputs: MAX_INPUTS,
            verifierGas: VERIFIER_GAS
        });
    }

    /// @inheritdoc IMarket
    function taskIdFor(Task calldata task) public view returns (bytes32) {
        return task.idOn(address(this));
    }

    /// @inheritdoc IMarket
    function endOf(Task calldata task) external view returns (uint256) {
        return _endOf(task, _tasks[taskIdFor(task)]);
    }

    /// @inheritdoc IMarket
    function taskState(bytes32 taskId) external view returns (TaskState memory) {
        return _tasks[taskId];
    }

    /// @inheritdoc IMarket
    function shardState(bytes32 taskId, uint32 shard) external view returns (ShardState memory) {
        return _shards[taskId][shard];
    }

    /// @inheritdoc IMarket
    function offerState(bytes32 taskId, address provider) external view returns (OfferState memory) {
        return _offers[taskId][provider];
    }

    /// @inheritdoc IMarket
    function commitmentState(bytes32 taskId, address provider) external view returns (CommitmentState[4] memory) {
        return _commitments[taskId][provider];
    }

    /// @inheritdoc IMarket
    function recordOf(address provider) external view returns (Record memory) {
        return _records[provider];
    }

    // ------------------------------------------------------------------ inside

    /// @dev Only published tasks have an escrow, and only `publish` checks terms.
    function _requirePublished(bytes32 taskId) internal view {
        (, uint256 openedAt) = VAULT.escrowOf(address(this), taskId);
        require(openedAt != 0, UnknownTask(taskId));
    }

    function _requireChallengeable(bytes32 taskId, uint32 index, bytes26 digest)
        internal
        view
        returns (uint256 settledAt)
    {
        ShardState memory shard = _shards[taskId][index];
        settledAt = shard.settledAt;
        require(settledAt != 0, ShardNotSettled(taskId, index));
        require(!shard.slashed, AlreadyConvicted(taskId, index));
        require(shard.digest == digest, ResponseMismatch(taskId, index, digest, shard.digest));
        uint256 end = settledAt + WINDOW;
        require(block.timestamp < end, WindowPassed(taskId, index, end, block.timestamp));
    }

    /// @dev Reverts unless the word is wrong. It runs the element code statically and nothing else that anybody chose. It reads the
    /// very bytes that `challenge` checked: `prove` takes the same arguments.
    function _prove() internal returns (Verdict memory) {
        (bool success, bytes memory answer) =
            address(FRAUD_PROOF).call(bytes.concat(IFraudProof.prove.selector, msg.data[4:]));
        return abi.decode(Address.verifyCallResult(success, answer), (Verdict));
    }

    function _endOf(Task calldata task, TaskState memory state) internal pure returns (uint256) {
        return
            task.model == Model.FirstResponse ? FirstResponse.endOf(task, state) : ManualConfirmation.endOf(task, state);
    }

    function _respond(Task calldata task, bytes32 taskId, Response calldata response) internal {
        require(response.shard < task.shards(), ShardOutOfRange(response.shard, task.shards()));
        ShardState storage shard = _shards[taskId][response.shard];
        require(shard.settledAt == 0, ShardSettled(taskId, response.shard));

        (Settlement memory settlement, uint256 since) = _earned(task, taskId, response);
        Outputs.check(task, response, MAX_INLINE_OUTPUT, MAX_LOCATOR);
        Outputs.judge(task, taskId, response, VERIFIER_GAS);

        _settle(shard, settlement, response, since);
    }

    /// @dev What the model grants this response, and since when it could be given; reverts where it grants nothing.
    function _earned(Task calldata task, bytes32 taskId, Response calldata response)
        internal
        returns (Settlement memory settlement, uint256 since)
    {
        settlement.taskId = taskId;
        settlement.provider = response.provider;
        settlement.worker = msg.sender;
        settlement.client = task.client;
        if (task.model == Model.FirstResponse) {
            FirstResponse.requireOpen(task, taskId, _tasks[taskId]);
            Commitments.open(_commitments[taskId][response.provider], taskId, response, COMMITMENT_AGE);
            settlement.price = task.maxPrice;
            settlement.minOwnStake = task.minOwnStake;
            since = task.opensAt;
        } else if (task.model == Model.ManualConfirmation) {
            (settlement.price, since) = ManualConfirmation.answer(
                task, taskId, _tasks[taskId], _offers[taskId][response.provider], response, COMMITMENT_AGE
            );
            // Own stake was asked for when the bond was held; a provider that works is not turned away at the end.
            settlement.held = task.bond;
        } else {
            revert ModelNotServed(task.model);
        }
        // What a verifier accepted is final: nothing is left to challenge and no bond stays behind.
        if (task.verifier == address(0)) settlement.bond = task.bond;
        settlement.refund = task.maxPrice - settlement.price;
    }

    function _settle(ShardState storage shard, Settlement memory settlement, Response calldata response, uint256 since)
        internal
    {
        shard.digest = bytes26(keccak256(abi.encode(response.provider, response.outputRoot, settlement.price)));
        shard.settledAt = uint40(block.timestamp);

        emit Responded(
            settlement.taskId,
            settlement.client,
            response.provider,
            response.shard,
            response.outputRoot,
            settlement.price,
            response.output,
            response.locator
        );

        uint256 openedAt = VAULT.settle(settlement);
        // An unpublished task owes nothing: Vault refuses any price, and this refuses the price of zero.
        require(openedAt != 0, UnknownTask(settlement.taskId));
        uint256 start = since > openedAt ? since : openedAt;
        _records[response.provider].addSettled(settlement.price, block.timestamp - start);
    }
}
