// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a market still owes for one of its ids; one slot.
struct Escrow {
    uint128 amount;
    /// @dev Unix seconds; never cleared, so that an id is used once.
    uint40 openedAt;
}
