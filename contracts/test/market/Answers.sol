// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Response, responseLeaf } from "../../src/types/Response.sol";
import { CommitmentTree, NaiveMerkle } from "./NaiveMerkle.sol";

/// @notice What the providers of the tests answer: bytes that only this provider would give for this shard.
library Answers {
    function outputOf(address provider, uint32 shard, uint256 size) internal pure returns (bytes memory output) {
        output = new bytes(size);
        bytes32 seed = keccak256(abi.encode(provider, shard));
        for (uint256 i; i < size; ++i) {
            output[i] = seed[i % 32];
        }
    }

    /// @notice A response committed to by its leaf alone.
    function with(address provider, uint32 shard, bytes memory output)
        internal
        pure
        returns (Response memory response)
    {
        response.shard = shard;
        response.provider = provider;
        response.outputRoot = NaiveMerkle.rootOf(output);
        response.salt = keccak256(abi.encode("salt", provider, shard));
        response.output = output;
    }

    function leafOf(bytes32 taskId, Response memory response) internal pure returns (bytes32) {
        return responseLeaf(taskId, response.shard, response.provider, response.outputRoot, response.salt);
    }

    /// @notice Responses of 32 bytes to every shard, committed to under one root.
    function toAll(bytes32 taskId, address provider, uint32 shards)
        internal
        pure
        returns (Response[] memory responses, bytes32 root)
    {
        responses = new Response[](shards);
        bytes32[] memory leaves = new bytes32[](shards);
        for (uint32 i; i < shards; ++i) {
            responses[i] = with(provider, i, outputOf(provider, i, 32));
            leaves[i] = leafOf(taskId, responses[i]);
        }
        for (uint32 i; i < shards; ++i) {
            responses[i].path = CommitmentTree.pathOf(leaves, i);
        }
        root = CommitmentTree.rootOf(leaves);
    }
}
