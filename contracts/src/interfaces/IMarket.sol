// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Constants } from "../types/Constants.sol";
import { Proof } from "../types/Proof.sol";
import { Record } from "../types/Record.sol";
import { Response } from "../types/Response.sol";
import { Model, Task, Work } from "../types/Task.sol";
import { IFraudProof } from "./IFraudProof.sol";
import { IVault } from "./IVault.sol";

/// @title Market
/// @notice Tasks, shards, responses, settlement. Terms travel as calldata; the chain stores facts that only it can decide.
interface IMarket {
    // ------------------------------------------------------------------ events

    event Published(bytes32 indexed taskId, address indexed client, Task task, Work work, bytes metadata);
    /// @dev The deadline is now `deadline` (First Response); other models end at once: `deadline` is the block's time.
    event Cancelled(bytes32 indexed taskId, address indexed client, uint256 deadline);
    event Reclaimed(bytes32 indexed taskId, address indexed client, uint256 amount);
    event Committed(bytes32 indexed taskId, address indexed provider, bytes32 commitment);
    /// @dev The shard is paid. `output` or `locator` is empty.
    event Responded(
        bytes32 indexed taskId,
        address indexed client,
        address indexed provider,
        uint32 shard,
        bytes32 outputRoot,
        uint256 price,
        bytes output,
        bytes locator
    );
    event Offered(
        bytes32 indexed taskId, address indexed provider, uint256 ask, bytes32 commitment, uint256 held, bytes preview
    );
    event OfferWithdrawn(bytes32 indexed taskId, address indexed provider, uint256 freed);
    event Confirmed(
        bytes32 indexed taskId,
        address indexed client,
        address indexed provider,
        uint256 ask,
        uint32 openShards,
        uint256 deliverUntil
    );
    event Missed(
        bytes32 indexed taskId, address indexed provider, address indexed keeper, uint32 missedShards, uint256 penalty
    );

    /// @dev Word `word` of element `id` was `committed` and is `computed`. Vault's `Slashed` in the same transaction says who got what.
    event Convicted(
        bytes32 indexed taskId,
        address indexed provider,
        address indexed challenger,
        uint32 shard,
        uint32 id,
        uint32 word,
        uint32 committed,
        uint32 computed
    );

    // ------------------------------------------------------------------ errors

    /// @param term the field's name, e.g. "deadline".
    error TermOutOfBounds(bytes32 term, uint256 given, uint256 least, uint256 most);
    error ClientIsNotCaller(address client, address caller);
    error WorkHashMismatch(bytes32 given, bytes32 computed);
    error MetadataHashMismatch(bytes32 given, bytes32 computed);
    error WrongEscrow(uint256 given, uint256 owed);
    error NotVerifiable(Model model);
    error TwoJudges(address verifier, bytes32 codeHash);
    error WrongModel(bytes32 taskId, Model model);
    error ModelNotServed(Model model);
    error UnknownTask(bytes32 taskId);
    error NotOpenYet(bytes32 taskId, uint256 opensAt, uint256 now_);
    error DeadlinePassed(bytes32 taskId, uint256 deadline, uint256 now_);
    error ReviewPassed(bytes32 taskId, uint256 reviewEnd, uint256 now_);
    error DeliveryPassed(bytes32 taskId, uint256 deliverUntil, uint256 now_);
    error DeliveryNotPassed(bytes32 taskId, uint256 deliverUntil, uint256 now_);
    error NotEnded(bytes32 taskId, uint256 end, uint256 now_);
    error AlreadyReclaimed(bytes32 taskId);
    error AlreadyCancelled(bytes32 taskId);
    error NotCancellable(bytes32 taskId);
    error ShardOutOfRange(uint32 shard, uint32 shards);
    error ShardSettled(bytes32 taskId, uint32 shard);
    error NoCommitment(bytes32 taskId, address provider, bytes32 root);
    error CommitmentTooYoung(bytes32 root, uint256 committedAt, uint256 now_);
    error OutputSizeMismatch(uint256 given, uint256 expected);
    error OutputRootMismatch(bytes32 given, bytes32 computed);
    error OutputOrLocator(uint256 outputBytes, uint256 locatorBytes);
    error OutputTooLargeForChain(uint256 given, uint256 most);
    error LocatorTooLarge(uint256 given, uint256 most);
    error RefusedByVerifier(bytes32 taskId, uint32 shard, address verifier);
    error AskAboveMaxPrice(uint256 ask, uint256 maxPrice);
    error PreviewTooLarge(uint256 given, uint256 most);
    error OfferExists(bytes32 taskId, address provider);
    error NoOffer(bytes32 taskId, address provider);
    error OfferConfirmed(bytes32 taskId, address provider);
    error ConfirmationOpen(bytes32 taskId, address provider);
    error NotConfirmed(bytes32 taskId, address provider);
    error NothingOpen(bytes32 taskId);
    error FinalByVerifier(bytes32 taskId, address verifier);
    error ShardNotSettled(bytes32 taskId, uint32 shard);
    error AlreadyConvicted(bytes32 taskId, uint32 shard);
    error ResponseMismatch(bytes32 taskId, uint32 shard, bytes26 given, bytes26 settled);
    error WindowPassed(bytes32 taskId, uint32 shard, uint256 windowEnd, uint256 now_);

    // ------------------------------------------------------------------ every model

    /// @notice Publishes a task; `msg.value` is exactly shards × maxPrice. `metadata` (at most 4 KiB, UTF-8 JSON) is hashed in the terms.
    function publish(Task calldata task, Work calldata work, bytes calldata metadata)
        external
        payable
        returns (bytes32 taskId);
    /// @notice First Response: the deadline moves to now + `CANCEL_NOTICE`. Manual Confirmation: at once, while no offer is open or
    /// confirmed.
    function cancel(Task calldata task) external;
    /// @notice From the task's end, by anyone: everything left goes to the client's balance, once.
    function reclaim(Task calldata task) external returns (uint256 amount);
    /// @notice Answers one shard and is paid for it in this transaction.
    function respond(Task calldata task, Response calldata response) external;
    /// @notice Answers several shards like `respond`, but passes over those that are settled by now: an answer taken by another
    /// must not keep the rest, which everybody can read by then, from being paid. Any other fault reverts all of them.
    /// @return paid how many of them were paid.
    function respondMany(Task calldata task, Response[] calldata responses) external returns (uint256 paid);
    /// @notice Proves one word of a settled response wrong, by anyone, less than `VAULT.WINDOW` after it settled: its bond goes to
    /// the client (the price), the caller (a quarter of the rest) and the zero address. Reverts on whatever is not such a proof.
    /// @param provider who answered the shard of element `proof.id`, with `outputRoot`, for `price` wei.
    /// @dev FraudProof's errors come through. Whoever sees the call before it is mined can send it as its own.
    function challenge(
        Task calldata task,
        Work calldata work,
        address provider,
        bytes32 outputRoot,
        uint256 price,
        Proof calldata proof
    ) external;
    /// @notice Runs several calls of this contract in one transaction (none of them can carry ETH).
    function multicall(bytes[] calldata calls) external returns (bytes[] memory results);

    // ------------------------------------------------------------------ First Response

    /// @notice Stores the root of a tree of response leaves (or one leaf). At most four are live a provider and task; the oldest gives way.
    function commit(Task calldata task, address provider, bytes32 commitment) external;

    // ------------------------------------------------------------------ Manual Confirmation

    /// @notice Offers the whole task at `ask` wei a shard. `commitment` is the root over all shards' leaves; holds 20 % of the bond a
    /// shard, rounded up, so that no offer is free.
    function offer(Task calldata task, address provider, uint256 ask, bytes32 commitment, bytes calldata preview)
        external;
    /// @notice Ends an offer that is not confirmed: by its provider at any time, by anyone once it cannot be confirmed any more.
    function withdrawOffer(Task calldata task, address provider) external;
    /// @notice The client takes an offer: its provider must respond to every open shard within the delivery period.
    function confirm(Task calldata task, address provider) external;
    /// @notice After a missed delivery, by anyone: the penalty of the open shards, a tenth of it to the caller.
    function expire(Task calldata task, address provider) external;

    // ------------------------------------------------------------------ views

    struct TaskState {
        /// @dev Manual Confirmation: whose offer is confirmed, or was last.
        address confirmed;
        /// @dev Shards paid (Manual Confirmation only).
        uint32 delivered;
        /// @dev Set by `cancel`; zero: as in the terms.
        uint40 deadline;
        /// @dev Offers that are open or confirmed; no more than fit.
        uint16 liveOffers;
        bool reclaimed;
    }

    struct OfferState {
        bytes32 commitment;
        uint96 ask;
        uint40 offeredAt;
        /// @dev Zero until confirmed.
        uint40 confirmedAt;
        OfferStatus status;
    }

    enum OfferStatus {
        None,
        Open,
        Withdrawn,
        Confirmed,
        Missed
    }

    struct ShardState {
        /// @dev Truncated keccak256(abi.encode(provider, outputRoot, price)); zero: open.
        bytes26 digest;
        uint40 settledAt;
        bool slashed;
    }

    struct CommitmentState {
        /// @dev First 22 bytes of the commitment.
        bytes22 root;
        uint40 committedAt;
        uint40 blockNumber;
    }

    function VAULT() external view returns (IVault);
    function FRAUD_PROOF() external view returns (IFraudProof);
    function constants() external view returns (Constants memory);
    function taskIdFor(Task calldata task) external view returns (bytes32);
    /// @notice Unix seconds from which nothing of this task is paid any more and `reclaim` works.
    function endOf(Task calldata task) external view returns (uint256);
    function taskState(bytes32 taskId) external view returns (TaskState memory);
    function shardState(bytes32 taskId, uint32 shard) external view returns (ShardState memory);
    function offerState(bytes32 taskId, address provider) external view returns (OfferState memory);
    /// @notice A provider's live commitments to a task, the newest first.
    function commitmentState(bytes32 taskId, address provider) external view returns (CommitmentState[4] memory);
    function recordOf(address provider) external view returns (Record memory);
}
