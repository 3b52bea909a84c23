// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MerkleProof } from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import { IMarket } from "../interfaces/IMarket.sol";
import { Response, responseLeaf } from "../types/Response.sol";

/// @title Commitments
/// @notice The four commitments that a provider may have live on one task, one slot each.
library Commitments {
    /// @notice Stores `commitment` in the first free slot, or in the oldest one's.
    function add(IMarket.CommitmentState[4] storage slots, bytes32 commitment) internal {
        uint256 chosen;
        uint256 oldest = type(uint256).max;
        for (uint256 i; i < 4; ++i) {
            uint256 committedAt = slots[i].committedAt;
            if (committedAt < oldest) (chosen, oldest) = (i, committedAt);
            if (committedAt == 0) break;
        }
        slots[chosen] = IMarket.CommitmentState({
            root: bytes22(commitment), committedAt: uint40(block.timestamp), blockNumber: uint40(block.number)
        });
    }

    /// @notice Requires that `response` was committed to at least `age` seconds ago and in an earlier block.
    /// @dev A commitment to a single leaf has done its work and frees its slot; a tree's stays for its other leaves.
    /// 22 bytes of the root are enough: what an opening must find is a second preimage.
    function open(IMarket.CommitmentState[4] storage slots, bytes32 taskId, Response calldata response, uint256 age)
        internal
    {
        bytes32 root = rootOf(taskId, response);
        for (uint256 i; i < 4; ++i) {
            IMarket.CommitmentState memory slot = slots[i];
            if (slot.root != bytes22(root) || slot.committedAt == 0) continue;
            require(
                block.timestamp >= slot.committedAt + age && block.number > slot.blockNumber,
                IMarket.CommitmentTooYoung(root, slot.committedAt, block.timestamp)
            );
            if (response.path.length == 0) delete slots[i];
            return;
        }
        revert IMarket.NoCommitment(taskId, response.provider, root);
    }

    /// @notice The commitment that `response` opens.
    function rootOf(bytes32 taskId, Response calldata response) internal pure returns (bytes32) {
        bytes32 leaf = responseLeaf(taskId, response.shard, response.provider, response.outputRoot, response.salt);
        return MerkleProof.processProofCalldata(response.path, leaf);
    }
}
