// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MerkleProof } from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import { IMarket } from "../interfaces/IMarket.sol";
import { Response, responseLeaf } from "../types/Response.sol";

/// @title Commitments
/// @notice The four commitments that a provider may have live on one task, one slot each.
library Commitments {
    /// @notice Stores `commitment` in the first slot. Those before it move back as far as the next free slot; when there is
    /// none, the oldest gives way.
    /// @dev So slots are in the order of their commitments, also of those that one block holds.
    function add(IMarket.CommitmentState[4] storage slots, bytes32 commitment) internal {
        IMarket.CommitmentState memory moving = IMarket.CommitmentState({
            root: bytes22(commitment), committedAt: uint40(block.timestamp), blockNumber: uint40(block.number)
        });
        for (uint256 i; i < 4 && moving.committedAt != 0; ++i) {
            IMarket.CommitmentState memory next = slots[i];
            slots[i] = moving;
            moving = next;
        }
    }

    /// @notice Requires that `response` was committed to at least `age` seconds ago and in an earlier block.
    /// @dev A commitment to a single leaf has done its work and frees its slot; a tree's stays for its other leaves.
    /// 22 bytes of the root are enough: what an opening must find is a second preimage.
    function open(IMarket.CommitmentState[4] storage slots, bytes32 taskId, Response calldata response, uint256 age)
        internal
    {
        bytes32 root = rootOf(taskId, response);
        uint256 committedAt;
        for (uint256 i; i < 4; ++i) {
            IMarket.CommitmentState memory slot = slots[i];
            if (slot.root != bytes22(root) || slot.committedAt == 0) continue;
            committedAt = slot.committedAt;
            // The same may have been committed to before as well.
            if (block.timestamp < committedAt + age || block.number <= slot.blockNumber) continue;
            if (response.path.length == 0) delete slots[i];
            return;
        }
        require(committedAt != 0, IMarket.NoCommitment(taskId, response.provider, root));
        revert IMarket.CommitmentTooYoung(root, committedAt, block.timestamp);
    }

    /// @notice The commitment that `response` opens.
    function rootOf(bytes32 taskId, Response calldata response) internal pure returns (bytes32) {
        bytes32 leaf = responseLeaf(taskId, response.shard, response.provider, response.outputRoot, response.salt);
        return MerkleProof.processProofCalldata(response.path, leaf);
    }
}
