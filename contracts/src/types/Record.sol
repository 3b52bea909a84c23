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

using { addSettled, addMissed, addSlashed } for Record global;

/// @notice One more response paid, `price` wei, `took` seconds after it could be given.
function addSettled(Record storage record, uint256 price, uint256 took) {
    Record memory next = record;
    // Counters stop at their limit: a full record must never stop a payment.
    record.settled = uint40(_capped(uint256(next.settled) + 1, type(uint40).max));
    record.responseSeconds = uint56(_capped(next.responseSeconds + took, type(uint56).max));
    record.earnedWei = uint96(_capped(next.earnedWei + price, type(uint96).max));
}

/// @notice `count` more shards that were confirmed and not delivered.
function addMissed(Record storage record, uint32 count) {
    record.missed = uint32(_capped(uint256(record.missed) + count, type(uint32).max));
}

/// @notice One more response proven wrong.
function addSlashed(Record storage record) {
    record.slashed = uint32(_capped(uint256(record.slashed) + 1, type(uint32).max));
}

function _capped(uint256 value, uint256 most) pure returns (uint256) {
    return value < most ? value : most;
}
