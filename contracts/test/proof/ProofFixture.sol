// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { FraudProof } from "../../src/FraudProof.sol";
import { Response } from "../../src/types/Response.sol";
import { Model, Task } from "../../src/types/Task.sol";
import { Answers } from "../market/Answers.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { Kernel, ProofBuilder } from "./ProofBuilder.sol";

/// @notice Tasks over real kernels, and responses to them.
abstract contract ProofFixture is MarketFixture, ProofBuilder {
    FraudProof internal fraudProof;

    function setUp() public virtual override {
        super.setUp();
        fraudProof = FraudProof(address(market.FRAUD_PROOF()));
    }

    /// @dev First Response over a provable kernel.
    function _provable(Kernel memory kernel) internal view returns (Task memory task) {
        task = _task(Model.FirstResponse, 1);
        task.workHash = keccak256(abi.encode(_workOf(kernel)));
        task.count = kernel.count;
        task.wordsPerElement = kernel.wordsPerElement;
        task.elementsPerShard = kernel.elementsPerShard;
    }

    function _answer(Task memory task, address provider, uint32 shard, bytes memory output)
        internal
        returns (bytes32 outputRoot)
    {
        Response memory response = Answers.with(provider, shard, output);
        _deliver(task, response);
        return response.outputRoot;
    }

    /// @dev An output too large to ride along.
    function _answerRoot(Task memory task, address provider, uint32 shard, bytes32 outputRoot) internal {
        Response memory response = Answers.with(provider, shard, hex"00000000");
        response.outputRoot = outputRoot;
        response.output = "";
        response.locator = '{"cid":"somewhere"}';
        _deliver(task, response);
    }

    function _deliver(Task memory task, Response memory response) internal {
        _commit(task, response);
        _mature();
        _respond(task, response);
    }
}
