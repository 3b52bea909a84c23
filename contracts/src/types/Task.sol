// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice How providers compete for the shards of a task.
enum Model {
    FirstResponse,
    ManualConfirmation,
    DutchAuction,
    SealedBidAuction,
    Consensus
}

/// @notice One read-only buffer of a kernel: its Merkle root (leaves of 32 words) and its length.
struct Input {
    bytes32 root;
    uint32 words;
}

/// @notice What is to be computed. Only its hash is part of the terms; the struct travels where it is read.
struct Work {
    /// @dev keccak256 of the kernel's WGSL source, UTF-8.
    bytes32 sourceHash;
    /// @dev keccak256 of the element code, zero when the kernel is not provable.
    bytes32 codeHash;
    uint32 compilerVersion;
    Input[] inputs;
}

/// @notice The terms of a task. They travel as calldata; the chain stores one slot of escrow a task.
struct Task {
    address client;
    bytes32 workHash;
    /// @dev Elements of the whole task; shards are derived from it.
    uint32 count;
    uint32 wordsPerElement;
    uint32 elementsPerShard;
    Model model;
    /// @dev Wei a shard. `minPrice` is read by the Dutch Auction only.
    uint128 minPrice;
    uint128 maxPrice;
    /// @dev Wei a response puts at risk.
    uint128 bond;
    /// @dev Unix seconds; zero: open as soon as published.
    uint64 opensAt;
    uint64 deadline;
    /// @dev Periods of the model, seconds; zero where the model does not read them.
    uint32 bidding;
    uint32 reveal;
    uint32 ramp;
    uint32 delivery;
    uint32 review;
    uint8 quorum;
    address[] panel;
    /// @dev Zero: no verifier.
    address verifier;
    bytes verifierData;
    /// @dev Wei of own stake that a provider must have; zero: anyone.
    uint128 minOwnStake;
    bytes32 metadataHash;
    uint256 salt;
}

using { idOn, shards, shardElements } for Task global;

/// @notice The id of a task on one market of one chain. No two tasks share it, and no task has two: it hashes the decoded struct.
function idOn(Task calldata task, address market) view returns (bytes32) {
    return keccak256(abi.encode(block.chainid, market, task));
}

/// @notice Number of shards: count / elementsPerShard, rounded up.
function shards(Task calldata task) pure returns (uint32) {
    // In 256 bits, because count + elementsPerShard may pass 2^32; the quotient is at most `count`.
    return uint32((uint256(task.count) + task.elementsPerShard - 1) / task.elementsPerShard);
}

/// @notice Number of elements in one shard, `shard` below `shards`; the last one may be shorter.
function shardElements(Task calldata task, uint32 shard) pure returns (uint32) {
    uint32 left = task.count - shard * task.elementsPerShard;
    return left < task.elementsPerShard ? left : task.elementsPerShard;
}
