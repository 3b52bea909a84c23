// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

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
