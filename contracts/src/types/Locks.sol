// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What of a pool is locked, in wei; one slot.
/// `held` backs open obligations. A settled response leaves a tail, which counts in the epoch of its settlement and in the
/// next one; an epoch lasts one window, so that a tail lives for at least one window and at most two, and lapses unaided.
/// No field overflows: their sum never exceeds a lock limit that has 72 bits itself.
struct Locks {
    uint72 held;
    uint72 current;
    uint72 previous;
    uint40 epoch;
}

using { advance, tail, total } for Locks global;

/// @notice Moves the tails to where they belong in `epoch`, in memory.
function advance(Locks memory locks, uint40 epoch) pure {
    if (locks.epoch == epoch) return;
    locks.previous = locks.epoch + 1 == epoch ? locks.current : 0;
    locks.current = 0;
    locks.epoch = epoch;
}

/// @notice Wei of settled bonds that still count, once advanced.
function tail(Locks memory locks) pure returns (uint256) {
    return uint256(locks.current) + locks.previous;
}

/// @notice Wei locked in all, once advanced.
function total(Locks memory locks) pure returns (uint256) {
    return uint256(locks.held) + locks.current + locks.previous;
}
