// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "./interfaces/IVault.sol";
import { Escrow } from "./types/Escrow.sol";
import { Locks } from "./types/Locks.sol";
import { FULL_BPS, Pool, PoolView, Ticket } from "./types/Pool.sol";
import { Settlement } from "./types/Settlement.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Vault
/// @notice Holds everyone's money. Nobody owns it, nothing pauses or replaces it.
/// @dev What keeps a pool solvent: a lock is admitted only up to what the pool has, stake leaves only beyond what is
/// locked, and a slash or penalty takes at most what it unlocks; hence locked ≤ assets, always (I3).
contract Vault is IVault {
    using SafeCast for uint256;

    /// @dev Parts of a slash and of a penalty, as divisors. Provider, client and challenger together recover at most
    /// 1/4 + 3/16 = 7/16 of a bond, and own stake that burns first is at least half of what is locked: keep that margin.
    uint256 private constant PRICE_SHARE = 4;
    uint256 private constant CHALLENGER_SHARE = 4;
    uint256 private constant KEEPER_SHARE = 10;

    /// @inheritdoc IVault
    uint256 public immutable WINDOW;
    /// @inheritdoc IVault
    uint256 public immutable UNBONDING;
    /// @inheritdoc IVault
    uint256 public immutable TICKET_LIFE;

    /// @inheritdoc IVault
    mapping(address account => uint256 wei_) public balanceOf;
    /// @inheritdoc IVault
    mapping(address provider => mapping(address operator => bool)) public isOperator;

    mapping(address provider => Pool) private _pools;
    /// @dev Shares under no ticket; the provider's own ones are in its pool instead, where a new lock reads them.
    mapping(address provider => mapping(address staker => uint256)) private _freeShares;
    mapping(address provider => mapping(address staker => Ticket)) private _tickets;
    mapping(address market => mapping(bytes32 id => Escrow)) private _escrows;
    mapping(address account => bool) private _openedEscrows;

    /// @param window Seconds for which a settled bond counts at least, and an epoch of tails.
    /// @param unbonding Seconds until a ticket pays; longer than the longest tail.
    /// @param ticketLife Seconds for which it then pays. Unfavourable changes of a pool wait for both.
    constructor(uint256 window, uint256 unbonding, uint256 ticketLife) {
        require(window != 0 && unbonding > 2 * window, WindowOutOfBounds(window, unbonding));
        WINDOW = window;
        UNBONDING = unbonding;
        TICKET_LIFE = ticketLife;
    }

    // ------------------------------------------------------------------ money

    /// @inheritdoc IVault
    function deposit(address to) external payable {
        require(msg.value != 0, ZeroAmount());
        balanceOf[to] += msg.value;
        emit Deposited(_sender(), to, msg.value);
    }

    /// @inheritdoc IVault
    function withdraw(uint256 amount, address to) external {
        require(amount != 0, ZeroAmount());
        _withdraw(_sender(), to, amount);
    }

    /// @inheritdoc IVault
    function transfer(address to, uint256 amount) external {
        address from = _sender();
        require(amount != 0, ZeroAmount());
        require(!_openedEscrows[to], TransferToMarket(to));
        _debit(from, amount);
        balanceOf[to] += amount;
        emit Transferred(from, to, amount);
    }

    /// @inheritdoc IVault
    /// @dev Calls itself and not `delegatecall`: an inner call has no value of its own to credit a second time, and its
    /// caller rides behind its arguments (see `_sender`).
    function multicall(bytes[] calldata calls) external payable returns (bytes[] memory results) {
        address caller = _sender();
        if (msg.value != 0) {
            balanceOf[caller] += msg.value;
            emit Deposited(caller, caller, msg.value);
        }
        results = new bytes[](calls.length);
        for (uint256 i; i < calls.length; ++i) {
            results[i] = Address.functionCall(address(this), bytes.concat(calls[i], bytes20(caller)));
        }
    }

    // ------------------------------------------------------------------ stake

    /// @inheritdoc IVault
    function stake(address provider, uint256 amount, address market, uint16 maxCommissionBps)
        external
        returns (uint256 shares)
    {
        address staker = _sender();
        Pool storage pool = _pools[provider];
        _requireExpectedTerms(pool, provider, staker, market, maxCommissionBps);
        require(!pool.isWiped(), PoolWiped(provider, pool.assets, pool.shares));
        _debit(staker, amount);
        shares = pool.sharesFor(amount);
        require(shares != 0, ZeroAmount());

        pool.assets += amount.toUint128();
        pool.shares += shares.toUint128();
        _setFreeShares(provider, staker, _freeSharesOf(provider, staker) + shares);
        emit Staked(provider, staker, amount, shares);
    }

    /// @inheritdoc IVault
    function requestUnstake(address provider, uint256 shares) external {
        address staker = _sender();
        uint256 open = _tickets[provider][staker].shares;
        uint256 available = _freeSharesOf(provider, staker);
        require(shares != 0, ZeroAmount());
        require(open == 0, TicketOpen(provider, staker, open));
        require(shares <= available, InsufficientShares(staker, shares, available));

        uint256 readyAt = block.timestamp + UNBONDING;
        _setFreeShares(provider, staker, available - shares);
        _tickets[provider][staker] = Ticket(shares.toUint128(), readyAt.toUint40());
        _pools[provider].requestedShares += shares.toUint128();
        emit UnstakeRequested(provider, staker, shares, readyAt);
    }

    /// @inheritdoc IVault
    function cancelUnstake(address provider) external {
        address staker = _sender();
        uint256 shares = _tickets[provider][staker].shares;
        require(shares != 0, NoTicket(provider, staker));

        delete _tickets[provider][staker];
        _pools[provider].requestedShares -= shares.toUint128();
        _setFreeShares(provider, staker, _freeSharesOf(provider, staker) + shares);
        emit UnstakeCancelled(provider, staker, shares);
    }

    /// @inheritdoc IVault
    function unstake(address provider) external returns (uint256 amount) {
        address staker = _sender();
        Pool storage pool = _pools[provider];
        Ticket memory ticket = _tickets[provider][staker];
        require(ticket.shares != 0, NoTicket(provider, staker));
        require(block.timestamp >= ticket.readyAt, TicketNotReady(ticket.readyAt, block.timestamp));
        uint256 lapsesAt = ticket.readyAt + TICKET_LIFE;
        // Half-open like every period: what was announced as the ticket was opened is in force from `lapsesAt` on.
        require(block.timestamp < lapsesAt, TicketLapsed(lapsesAt, block.timestamp));

        uint256 shares;
        (shares, amount) = _leaving(pool, provider, staker, ticket.shares);
        uint256 rest = ticket.shares - shares;
        uint256 readyAt = rest == 0 ? 0 : block.timestamp;
        _tickets[provider][staker] = Ticket(rest.toUint128(), readyAt.toUint40());
        pool.requestedShares -= shares.toUint128();
        pool.shares -= shares.toUint128();
        pool.assets -= amount.toUint128();
        balanceOf[staker] += amount;
        emit Unstaked(provider, staker, shares, amount, readyAt);
    }

    // ------------------------------------------------------------------ a provider's terms

    /// @inheritdoc IVault
    function setCommission(uint16 commissionBps) external {
        address provider = _sender();
        Pool storage pool = _pools[provider];
        require(commissionBps <= FULL_BPS, CommissionOutOfBounds(commissionBps, FULL_BPS));

        uint256 current = pool.commissionBps();
        uint256 from = block.timestamp;
        if (commissionBps > current) {
            // An earlier rise that is due by now stays in force until this one is.
            from += UNBONDING + TICKET_LIFE;
            pool.stakersBps = (FULL_BPS - current).toUint16();
            pool.nextCommissionBps = commissionBps;
            pool.nextCommissionAt = from.toUint40();
        } else {
            pool.stakersBps = (FULL_BPS - commissionBps).toUint16();
            pool.nextCommissionBps = 0;
            pool.nextCommissionAt = 0;
        }
        pool.noteAnnouncements();
        emit CommissionSet(provider, commissionBps, from);
    }

    /// @inheritdoc IVault
    function setMarket(address market) external {
        address provider = _sender();
        Pool storage pool = _pools[provider];
        uint256 from = block.timestamp;
        uint256 readyAt = pool.nextMarket == market ? pool.nextMarketAt : 0;
        bool othersStake = pool.shares != _sharesOf(provider, provider);
        if (market == pool.market) {
            _announceMarket(pool, address(0), 0);
        } else if (othersStake && readyAt == 0) {
            from += UNBONDING + TICKET_LIFE;
            _announceMarket(pool, market, from);
        } else {
            require(!othersStake || from >= readyAt, AnnouncementNotReady(provider, readyAt, from));
            Locks memory locks = _locksOf(pool);
            require(locks.total() == 0, PoolLocked(provider, locks.held, locks.tail()));
            pool.market = market;
            _announceMarket(pool, address(0), 0);
        }
        emit MarketSet(provider, market, from);
    }

    /// @inheritdoc IVault
    function setLockLimit(uint256 limit) external {
        address provider = _sender();
        _pools[provider].lockLimit = limit.toUint72();
        emit LockLimitSet(provider, limit);
    }

    /// @inheritdoc IVault
    function setOperator(address operator, bool allowed, uint256 float) external {
        address provider = _sender();
        isOperator[provider][operator] = allowed;
        emit OperatorSet(provider, operator, allowed);
        if (float != 0) _withdraw(provider, operator, float);
    }

    // ------------------------------------------------------------------ escrow and payment

    /// @inheritdoc IVault
    function openEscrow(bytes32 id) external payable {
        address market = _sender();
        Escrow storage escrow = _escrows[market][id];
        require(escrow.openedAt == 0, EscrowExists(market, id));

        escrow.amount = msg.value.toUint128();
        escrow.openedAt = block.timestamp.toUint40();
        // Only its own act makes an account a market here, lest anybody close another's account to transfers.
        if (!_openedEscrows[market]) _openedEscrows[market] = true;
        emit EscrowOpened(market, id, msg.value);
    }

    /// @inheritdoc IVault
    function settle(Settlement calldata settlement) external returns (uint256 openedAt) {
        address market = _sender();
        address provider = settlement.provider;
        Pool storage pool = _pools[provider];
        requireWorker(provider, settlement.worker);
        if (settlement.bond != 0 || settlement.held != 0 || settlement.minOwnStake != 0) {
            _requireMarket(pool, provider, market);
            _requireOwnStake(pool, provider, settlement.minOwnStake);
            _holdToTail(pool, provider, settlement.held, settlement.bond);
        }

        openedAt = _spend(market, settlement.taskId, settlement.price + settlement.refund);
        uint256 toPool = _earn(pool, provider, settlement.price);
        if (settlement.refund != 0) balanceOf[settlement.client] += settlement.refund;
        emit Settled(
            market,
            settlement.taskId,
            provider,
            settlement.price,
            toPool,
            settlement.client,
            settlement.refund,
            settlement.held,
            settlement.bond
        );
    }

    /// @inheritdoc IVault
    function closeEscrow(bytes32 id, address to) external returns (uint256 amount) {
        address market = _sender();
        amount = _escrows[market][id].amount;
        _escrows[market][id].amount = 0;
        balanceOf[to] += amount;
        emit EscrowClosed(market, id, to, amount);
    }

    // ------------------------------------------------------------------ locks

    /// @inheritdoc IVault
    function hold(address provider, address worker, uint256 amount, uint256 minOwnStake) external {
        address market = _sender();
        Pool storage pool = _pools[provider];
        requireWorker(provider, worker);
        if (amount == 0 && minOwnStake == 0) return;
        _requireMarket(pool, provider, market);
        _requireOwnStake(pool, provider, minOwnStake);
        if (amount == 0) return;

        Locks memory locks = _locksOf(pool);
        _requireLockable(pool, provider, locks.total(), amount);
        locks.held += amount.toUint72();
        pool.locks = locks;
        emit Held(provider, amount);
    }

    /// @inheritdoc IVault
    function free(address provider, uint256 amount) external {
        if (amount == 0) return;
        Pool storage pool = _pools[provider];
        _requireMarket(pool, provider, _sender());

        Locks memory locks = _locksOf(pool);
        _release(locks, provider, amount);
        pool.locks = locks;
        emit Freed(provider, amount);
    }

    /// @inheritdoc IVault
    function penalise(address provider, address keeper, uint256 freed, uint256 penalty) external {
        require(penalty <= freed, PenaltyAboveFreed(penalty, freed));
        if (freed == 0) return;
        Pool storage pool = _pools[provider];
        _requireMarket(pool, provider, _sender());

        Locks memory locks = _locksOf(pool);
        _release(locks, provider, freed);
        pool.locks = locks;
        uint256 burned = _lose(pool, provider, penalty);
        uint256 reward = penalty / KEEPER_SHARE;
        balanceOf[keeper] += reward;
        balanceOf[address(0)] += penalty - reward;
        emit Penalised(provider, keeper, freed, penalty, reward, burned);
    }

    /// @inheritdoc IVault
    function slash(address provider, address client, address challenger, uint256 bond, uint256 price, uint256 settledAt)
        external
    {
        require(bond != 0, ZeroAmount());
        Pool storage pool = _pools[provider];
        _requireMarket(pool, provider, _sender());
        require(price <= bond / PRICE_SHARE, PriceAboveShareOfBond(price, bond));

        Locks memory locks = _locksOf(pool);
        if (settledAt == 0) _release(locks, provider, bond);
        else _cutTail(locks, provider, bond, settledAt);
        pool.locks = locks;
        uint256 burned = _lose(pool, provider, bond);
        uint256 reward = (bond - price) / CHALLENGER_SHARE;
        balanceOf[client] += price;
        balanceOf[challenger] += reward;
        balanceOf[address(0)] += bond - price - reward;
        emit Slashed(provider, client, challenger, settledAt, bond, price, reward, burned);
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IVault
    function escrowOf(address market, bytes32 id) external view returns (uint256 amount, uint256 openedAt) {
        Escrow storage escrow = _escrows[market][id];
        return (escrow.amount, escrow.openedAt);
    }

    /// @inheritdoc IVault
    function poolOf(address provider) external view returns (PoolView memory seen) {
        Pool storage pool = _pools[provider];
        Locks memory locks = _locksOf(pool);
        seen.assets = pool.assets;
        seen.shares = pool.shares;
        seen.requestedShares = pool.requestedShares;
        seen.ownFreeShares = pool.ownFreeShares;
        seen.held = locks.held;
        seen.tail = locks.tail();
        seen.market = pool.market;
        seen.lockLimit = pool.lockLimit;
        seen.commissionBps = pool.commissionBps().toUint16();
        seen.nextMarket = pool.nextMarket;
        seen.nextMarketAt = pool.nextMarketAt;
        if (pool.nextCommissionAt > block.timestamp) {
            seen.nextCommissionBps = pool.nextCommissionBps;
            seen.nextCommissionAt = pool.nextCommissionAt;
        }
    }

    /// @inheritdoc IVault
    function sharesOf(address provider, address staker) external view returns (uint256) {
        return _sharesOf(provider, staker);
    }

    /// @inheritdoc IVault
    function ticketOf(address provider, address staker) external view returns (Ticket memory) {
        return _tickets[provider][staker];
    }

    /// @inheritdoc IVault
    function requireWorker(address provider, address worker) public view {
        require(worker == provider || isOperator[provider][worker], NotOperatorOf(provider, worker));
    }

    /// @inheritdoc IVault
    function valueOf(address provider, uint256 shares) external view returns (uint256) {
        return _pools[provider].valueOf(shares);
    }

    /// @inheritdoc IVault
    function lockableOf(address provider) external view returns (uint256) {
        Pool storage pool = _pools[provider];
        if (pool.market == address(0)) return 0;
        return Math.saturatingSub(pool.mostLocked(), _locksOf(pool).total());
    }

    // ------------------------------------------------------------------ balances, inside

    /// @dev Who calls: `multicall` is the only thing that makes this contract call itself, and it puts its own caller
    /// behind the arguments.
    function _sender() private view returns (address) {
        if (msg.sender != address(this)) return msg.sender;
        return address(bytes20(msg.data[msg.data.length - 20:]));
    }

    function _debit(address account, uint256 amount) private {
        uint256 available = balanceOf[account];
        require(amount <= available, InsufficientBalance(account, amount, available));
        balanceOf[account] = available - amount;
    }

    /// @dev The one place that sends money out, after everything else.
    function _withdraw(address from, address to, uint256 amount) private {
        _debit(from, amount);
        emit Withdrawn(from, to, amount);
        (bool sent,) = to.call{ value: amount }("");
        require(sent, TransferFailed(to, amount));
    }

    function _spend(address market, bytes32 id, uint256 amount) private returns (uint256 openedAt) {
        Escrow storage escrow = _escrows[market][id];
        uint256 available = escrow.amount;
        openedAt = escrow.openedAt;
        require(amount <= available, EscrowTooSmall(market, id, amount, available));
        escrow.amount = (available - amount).toUint128();
    }

    /// @dev The commission is rounded down, so that the odd wei is the stakers'.
    function _earn(Pool storage pool, address provider, uint256 price) private returns (uint256 toPool) {
        uint256 commissionBps = pool.commissionBps();
        if (commissionBps != FULL_BPS && pool.shares != 0) {
            toPool = price - price * commissionBps / FULL_BPS;
            pool.assets += toPool.toUint128();
        }
        if (price != toPool) balanceOf[provider] += price - toPool;
    }

    // ------------------------------------------------------------------ stake, inside

    /// @dev A provider may go on staking in its own pool under terms that it is about to change itself.
    function _requireExpectedTerms(
        Pool storage pool,
        address provider,
        address staker,
        address market,
        uint16 maxCommissionBps
    ) private view {
        address actual = pool.market;
        require(market == actual && actual != address(0), UnexpectedMarket(provider, market, actual));
        bool staysThere = pool.nextMarketAt == 0 || staker == provider;
        require(staysThere, UnexpectedMarket(provider, market, pool.nextMarket));
        uint256 most = Math.max(pool.commissionBps(), pool.nextCommissionBps);
        require(most <= maxCommissionBps, CommissionAboveExpected(provider, maxCommissionBps, most));
    }

    /// @dev What of a ticket may leave now. Locked wei stay, and so does own value of half of them: what burns first.
    function _leaving(Pool storage pool, address provider, address staker, uint256 wanted)
        private
        view
        returns (uint256 shares, uint256 amount)
    {
        uint256 locked = _locksOf(pool).total();
        shares = wanted;
        if (staker == provider) {
            uint256 staying = pool.sharesWorth(Math.ceilDiv(locked, 2));
            shares = Math.min(shares, Math.saturatingSub(_sharesOf(provider, provider), staying));
        }
        amount = pool.valueOf(shares);
        uint256 room = pool.assets - locked;
        if (amount > room) (shares, amount) = (pool.sharesWorth(room), room);
    }

    /// @dev Takes `loss` out of a pool: own shares of the provider burn first, those under no ticket before the others, at
    /// the price of before, rounded up; what they cannot carry falls on everybody. The lock limit shrinks alike.
    function _lose(Pool storage pool, address provider, uint256 loss) private returns (uint256 burned) {
        uint256 ownFree = pool.ownFreeShares;
        uint256 requested = _tickets[provider][provider].shares;
        burned = Math.min(pool.sharesWorth(loss), ownFree + requested);
        uint256 fromFree = Math.min(burned, ownFree);
        uint256 fromTicket = burned - fromFree;

        pool.assets -= loss.toUint128();
        pool.shares -= burned.toUint128();
        pool.ownFreeShares = (ownFree - fromFree).toUint128();
        if (fromTicket != 0) {
            _tickets[provider][provider].shares = (requested - fromTicket).toUint128();
            pool.requestedShares -= fromTicket.toUint128();
        }
        pool.lockLimit = Math.saturatingSub(pool.lockLimit, loss).toUint72();
    }

    function _freeSharesOf(address provider, address staker) private view returns (uint256) {
        return staker == provider ? _pools[provider].ownFreeShares : _freeShares[provider][staker];
    }

    function _setFreeShares(address provider, address staker, uint256 shares) private {
        if (staker == provider) _pools[provider].ownFreeShares = shares.toUint128();
        else _freeShares[provider][staker] = shares;
    }

    function _sharesOf(address provider, address staker) private view returns (uint256) {
        return _freeSharesOf(provider, staker) + _tickets[provider][staker].shares;
    }

    function _announceMarket(Pool storage pool, address market, uint256 from) private {
        pool.nextMarket = market;
        pool.nextMarketAt = from.toUint40();
        pool.noteAnnouncements();
    }

    // ------------------------------------------------------------------ locks, inside

    function _requireMarket(Pool storage pool, address provider, address caller) private view {
        address market = pool.market;
        require(caller == market, NotMarketOf(provider, caller, market));
    }

    function _requireOwnStake(Pool storage pool, address provider, uint256 least) private view {
        if (least == 0) return;
        uint256 own = pool.valueOf(pool.ownFreeShares);
        require(own >= least, OwnStakeTooSmall(provider, own, least));
    }

    function _requireLockable(Pool storage pool, address provider, uint256 locked, uint256 wanted) private view {
        uint256 most = pool.mostLocked();
        require(wanted <= Math.saturatingSub(most, locked), LockAboveLimit(provider, locked, wanted, most));
    }

    /// @dev The pool's locks as of now.
    function _locksOf(Pool storage pool) private view returns (Locks memory locks) {
        locks = pool.locks;
        locks.advance((block.timestamp / WINDOW).toUint40());
    }

    function _release(Locks memory locks, address provider, uint256 amount) private pure {
        uint256 held = locks.held;
        require(amount <= held, HoldTooSmall(provider, amount, held));
        locks.held = (held - amount).toUint72();
    }

    /// @dev A hold becomes a tail unchecked; only what the bond exceeds it by is a new lock.
    function _holdToTail(Pool storage pool, address provider, uint256 held, uint256 bond) private {
        if (held == 0 && bond == 0) return;
        Locks memory locks = _locksOf(pool);
        if (bond > held) _requireLockable(pool, provider, locks.total(), bond - held);
        _release(locks, provider, held);
        locks.current += bond.toUint72();
        pool.locks = locks;
    }

    /// @dev Takes `amount` out of the bucket of the epoch in which the response settled.
    function _cutTail(Locks memory locks, address provider, uint256 amount, uint256 settledAt) private view {
        uint256 epoch = settledAt / WINDOW;
        uint256 bucket;
        if (epoch == locks.epoch) bucket = locks.current;
        else if (epoch + 1 == locks.epoch) bucket = locks.previous;
        require(amount <= bucket, TailTooSmall(provider, settledAt, amount, bucket));
        if (epoch == locks.epoch) locks.current = (bucket - amount).toUint72();
        else locks.previous = (bucket - amount).toUint72();
    }
}
