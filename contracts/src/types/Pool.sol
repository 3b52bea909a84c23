// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Locks } from "./Locks.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @dev Commission is counted in parts of this many.
uint256 constant FULL_BPS = 10_000;

/// @dev Shares a wei of the first stake, and shares that nobody owns: what it costs to inflate the price of a share is
/// this many times what it takes from the next staker.
uint256 constant VIRTUAL_SHARES = 1e6;

/// @dev A pool takes no stake once a share is worth less than one part in this many of its first price. That keeps all
/// shares of a pool below 1e12 for each wei ever staked, far inside 128 bits.
uint256 constant WIPED_PRICE = 1e6;

/// @notice A provider's stake pool as the chain keeps it; assets in wei.
struct Pool {
    // slot 0
    uint128 assets;
    uint128 shares;
    // slot 1
    /// @dev Shares under open tickets, all stakers.
    uint128 requestedShares;
    /// @dev The provider's own shares that are under no ticket.
    uint128 ownFreeShares;
    // slot 2
    Locks locks;
    // slot 3
    address market;
    uint72 lockLimit;
    /// @dev What the commission leaves to the stakers, so that a pool never configured keeps everything to its provider.
    uint16 stakersBps;
    /// @dev Whether slot 4 says anything.
    bool announced;
    // slot 4
    address nextMarket;
    uint40 nextMarketAt;
    uint16 nextCommissionBps;
    uint40 nextCommissionAt;
}

/// @notice A provider's stake pool as readers see it; amounts in wei, shares at 1e6 a wei when the pool is new.
struct PoolView {
    uint256 assets;
    uint256 shares;
    /// @dev Shares under open tickets, all stakers.
    uint256 requestedShares;
    /// @dev The provider's own shares that are under no ticket.
    uint256 ownFreeShares;
    /// @dev Bonds of open obligations.
    uint256 held;
    /// @dev Bonds of settled responses still inside their window.
    uint256 tail;
    address market;
    uint256 lockLimit;
    uint16 commissionBps;
    /// @dev Announced changes; zero times when there is none.
    address nextMarket;
    uint40 nextMarketAt;
    uint16 nextCommissionBps;
    uint40 nextCommissionAt;
}

/// @notice A staker's open request to leave a pool.
struct Ticket {
    uint128 shares;
    /// @dev Unix seconds from which it pays; it lapses `TICKET_LIFE` later.
    uint40 readyAt;
}

using { isWiped, sharesFor, sharesWorth, valueOf, mostLocked, commissionBps, noteAnnouncements } for Pool global;

/// @notice Whether the pool lost so much that new shares would not fit its numbers.
function isWiped(Pool storage pool) view returns (bool) {
    return pool.shares + VIRTUAL_SHARES > VIRTUAL_SHARES * WIPED_PRICE * (uint256(pool.assets) + 1);
}

/// @notice Shares that `amount` wei of new stake buys, rounded down.
function sharesFor(Pool storage pool, uint256 amount) view returns (uint256) {
    return amount * (pool.shares + VIRTUAL_SHARES) / (uint256(pool.assets) + 1);
}

/// @notice Shares that are burned when `amount` wei leaves, rounded up.
function sharesWorth(Pool storage pool, uint256 amount) view returns (uint256) {
    return Math.ceilDiv(amount * (pool.shares + VIRTUAL_SHARES), uint256(pool.assets) + 1);
}

/// @notice Wei that `shares` are worth, rounded down.
function valueOf(Pool storage pool, uint256 shares) view returns (uint256) {
    return shares * (uint256(pool.assets) + 1) / (pool.shares + VIRTUAL_SHARES);
}

/// @notice Wei that may be locked in all: twice what the provider itself stands behind with, nothing that is asked back,
/// and no more than its owner allows.
function mostLocked(Pool storage pool) view returns (uint256) {
    uint256 ownCap = 2 * pool.valueOf(pool.ownFreeShares);
    uint256 staying = pool.assets - pool.valueOf(pool.requestedShares);
    return Math.min(Math.min(ownCap, staying), pool.lockLimit);
}

/// @notice The provider's part of earnings now, in basis points.
function commissionBps(Pool storage pool) view returns (uint256) {
    if (pool.announced) {
        uint256 nextAt = pool.nextCommissionAt;
        if (nextAt != 0 && nextAt <= block.timestamp) return pool.nextCommissionBps;
    }
    return FULL_BPS - pool.stakersBps;
}

/// @notice Remembers beside the terms whether the slot of announcements has to be read.
function noteAnnouncements(Pool storage pool) {
    pool.announced = pool.nextMarketAt != 0 || pool.nextCommissionAt != 0;
}
