// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the chain remembers of a provider: facts, one slot, no score.
struct Record {
    uint40 settled; // responses paid
    uint32 missed; // duties missed: shards confirmed, claimed or won and not delivered
    uint32 slashed; // responses proven wrong
    uint56 responseSeconds; // sum over settled responses, from opening or confirmation to payment
    uint96 earnedWei; // sum of prices paid, before commission
}
