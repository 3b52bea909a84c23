// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { PoolView, Ticket } from "../types/Pool.sol";
import { Settlement } from "../types/Settlement.sol";

/// @title Vault
/// @notice Holds everyone's money: balances, stake pools with their locks, escrows. The only contract that holds ETH.
/// Anybody may be a market; a market moves the escrows it opened itself and the stake of pools that chose it, nothing else.
interface IVault {
    // ------------------------------------------------------------------ events

    event Deposited(address indexed from, address indexed to, uint256 amount);
    event Withdrawn(address indexed from, address indexed to, uint256 amount);
    event Transferred(address indexed from, address indexed to, uint256 amount);
    event OperatorSet(address indexed provider, address indexed operator, bool allowed);
    event Staked(address indexed provider, address indexed staker, uint256 amount, uint256 shares);
    event UnstakeRequested(address indexed provider, address indexed staker, uint256 shares, uint256 readyAt);
    event UnstakeCancelled(address indexed provider, address indexed staker, uint256 shares);
    /// @dev `readyAt` is the ticket's new one where locks left a rest in it, zero where the ticket is done.
    event Unstaked(address indexed provider, address indexed staker, uint256 shares, uint256 amount, uint256 readyAt);
    /// @dev `from` later than the block: announced only. Otherwise any announcement of before is void.
    event CommissionSet(address indexed provider, uint16 commissionBps, uint256 from);
    /// @dev As with the commission.
    event MarketSet(address indexed provider, address indexed market, uint256 from);
    event LockLimitSet(address indexed provider, uint256 limit);
    event EscrowOpened(address indexed market, bytes32 indexed id, uint256 amount);
    event EscrowClosed(address indexed market, bytes32 indexed id, address indexed to, uint256 amount);
    event Held(address indexed provider, uint256 amount);
    event Freed(address indexed provider, uint256 amount);
    /// @dev `toPool` is the part of `price` that the commission leaves to the stakers; `bond` became a tail.
    event Settled(
        address indexed market,
        bytes32 indexed id,
        address indexed provider,
        uint256 price,
        uint256 toPool,
        address client,
        uint256 refund,
        uint256 held,
        uint256 bond
    );
    /// @dev Of `penalty` the keeper gets `reward`, the zero address the rest. Own shares burn first those under no ticket.
    event Penalised(
        address indexed provider,
        address indexed keeper,
        uint256 freed,
        uint256 penalty,
        uint256 reward,
        uint256 ownSharesBurned
    );
    /// @dev `settledAt` zero: the bond was held; otherwise it was a tail of that time.
    event Slashed(
        address indexed provider,
        address indexed client,
        address indexed challenger,
        uint256 settledAt,
        uint256 bond,
        uint256 price,
        uint256 reward,
        uint256 ownSharesBurned
    );

    // ------------------------------------------------------------------ errors

    error WindowOutOfBounds(uint256 window, uint256 unbonding);
    error InsufficientBalance(address account, uint256 given, uint256 available);
    error TransferFailed(address to, uint256 amount);
    error TransferToMarket(address to);
    error ZeroAmount();
    error UnexpectedMarket(address provider, address expected, address actual);
    error CommissionAboveExpected(address provider, uint256 expectedBps, uint256 actualBps);
    error CommissionOutOfBounds(uint256 given, uint256 most);
    error PoolWiped(address provider, uint256 assets, uint256 shares);
    error TicketOpen(address provider, address staker, uint256 shares);
    error NoTicket(address provider, address staker);
    error TicketNotReady(uint256 readyAt, uint256 now_);
    error TicketLapsed(uint256 lapsedAt, uint256 now_);
    error InsufficientShares(address staker, uint256 given, uint256 available);
    error AnnouncementNotReady(address provider, uint256 readyAt, uint256 now_);
    error PoolLocked(address provider, uint256 held, uint256 tail);
    error NotMarketOf(address provider, address caller, address market);
    error NotOperatorOf(address provider, address caller);
    error LockAboveLimit(address provider, uint256 locked, uint256 wanted, uint256 limit);
    error HoldTooSmall(address provider, uint256 given, uint256 held);
    error TailTooSmall(address provider, uint256 settledAt, uint256 given, uint256 tail);
    error PenaltyAboveFreed(uint256 penalty, uint256 freed);
    error OwnStakeTooSmall(address provider, uint256 own, uint256 least);
    error EscrowExists(address market, bytes32 id);
    error EscrowTooSmall(address market, bytes32 id, uint256 given, uint256 available);
    error PriceAboveShareOfBond(uint256 price, uint256 bond);

    // ------------------------------------------------------------------ money

    /// @notice Credits `msg.value` to `to`; there is no other way to send money here.
    function deposit(address to) external payable;
    /// @notice Sends `amount` of the caller's balance to `to`, last.
    function withdraw(uint256 amount, address to) external;
    /// @notice Moves `amount` of the caller's balance to `to`; refused towards an account that ever opened an escrow.
    function transfer(address to, uint256 amount) external;
    /// @notice Runs several of this contract's functions as the caller; `msg.value` is credited once to the caller's balance
    /// and the inner calls, which carry no value themselves, spend that. All of them happen or none.
    function multicall(bytes[] calldata calls) external payable returns (bytes[] memory results);

    // ------------------------------------------------------------------ pools

    /// @notice Stakes `amount` of the caller's balance behind `provider`, if its pool serves `market` and asks at most `maxCommissionBps`,
    /// now and after what is announced. Nobody, the provider included, stakes in a pool that serves no market.
    function stake(address provider, uint256 amount, address market, uint16 maxCommissionBps)
        external
        returns (uint256 shares);
    /// @notice Opens the caller's ticket for `shares`; they go on earning and go on being slashable.
    function requestUnstake(address provider, uint256 shares) external;
    /// @notice Takes the caller's open ticket back.
    function cancelUnstake(address provider) external;
    /// @notice Pays the caller's ticket into its balance, as far as locks leave room; a rest keeps its ticket, whose window begins anew.
    /// Locks that leave no room at all pay nothing and renew the whole ticket: that is how it does not lapse while they block it.
    function unstake(address provider) external returns (uint256 amount);
    /// @notice The provider's part of earnings. Falls at once; rises after U + 3 days.
    function setCommission(uint16 commissionBps) external;
    /// @notice The market that may lock and slash the caller's pool. Needs everything unlocked and, when others hold shares, U + 3 days.
    /// The first call announces where an announcement is needed, and a call after that time completes it.
    function setMarket(address market) external;
    /// @notice The most that may be locked in the caller's pool, zero until set, 72 bits. Every slash and penalty lowers it by what
    /// they took until it is set again: what an operator's key can cost.
    function setLockLimit(uint256 limit) external;
    /// @notice Allows `operator` to work for the caller, or forbids it; `float` of the caller's balance is sent to it last, for gas.
    function setOperator(address operator, bool allowed, uint256 float) external;

    // ------------------------------------------------------------------ for markets

    /// @notice Opens the caller's escrow `id` with `msg.value`. An id is used once.
    /// @dev No call moves money of one escrow for another.
    function openEscrow(bytes32 id) external payable;
    /// @notice Pays one shard and moves its bond, all at once. Without bond, hold and least stake any market may pay any provider.
    /// @return openedAt when the escrow was opened, unix seconds.
    function settle(Settlement calldata settlement) external returns (uint256 openedAt);
    /// @notice Sends what is left of the caller's escrow `id`, which may be nothing, to `to`'s balance.
    function closeEscrow(bytes32 id, address to) external returns (uint256 amount);
    /// @notice Locks `amount` more in a pool that serves the caller, within its limits, for a worker of that provider. Zero is for any pool.
    function hold(address provider, address worker, uint256 amount, uint256 minOwnStake) external;
    /// @notice Frees `amount` of what is held; zero does nothing.
    function free(address provider, uint256 amount) external;
    /// @notice A missed duty: frees `freed` of the hold and takes `penalty`, at most as much, from the pool: a tenth to `keeper`, the
    /// rest burned. Zero does nothing.
    function penalise(address provider, address keeper, uint256 freed, uint256 penalty) external;
    /// @notice A wrong response: `bond` leaves the pool; `price`, at most a quarter of it, to `client`, a quarter of the rest to
    /// `challenger`, the remainder burned (credited to the zero address).
    /// @param settledAt when the response settled; zero while its bond is still held.
    function slash(address provider, address client, address challenger, uint256 bond, uint256 price, uint256 settledAt)
        external;

    // ------------------------------------------------------------------ views

    function balanceOf(address account) external view returns (uint256);
    function escrowOf(address market, bytes32 id) external view returns (uint256 amount, uint256 openedAt);
    function poolOf(address provider) external view returns (PoolView memory);
    function sharesOf(address provider, address staker) external view returns (uint256);
    function ticketOf(address provider, address staker) external view returns (Ticket memory);
    function isOperator(address provider, address operator) external view returns (bool);
    /// @notice Reverts unless `worker` is `provider` or one of its operators.
    function requireWorker(address provider, address worker) external view;
    /// @notice Wei that `shares` of a pool are worth now, rounded down.
    function valueOf(address provider, uint256 shares) external view returns (uint256);
    /// @notice Wei that a new lock in this pool may have at most, now: the least of twice the provider's own value under no ticket, of
    /// the assets less all requested shares, and of the lock limit; less what is locked.
    function lockableOf(address provider) external view returns (uint256);
    function WINDOW() external view returns (uint256);
    function UNBONDING() external view returns (uint256);
    function TICKET_LIFE() external view returns (uint256);
}
