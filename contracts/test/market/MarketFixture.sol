// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";
import { Vm } from "forge-std/Vm.sol";

import { Deploy } from "../../script/Deploy.s.sol";
import { FraudProof } from "../../src/FraudProof.sol";
import { Market } from "../../src/Market.sol";
import { Vault } from "../../src/Vault.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Response } from "../../src/types/Response.sol";
import { Input, Model, Task, Work } from "../../src/types/Task.sol";
import { AddressSearch, Create2Search } from "../../src/verifiers/Create2Search.sol";
import { Answers } from "./Answers.sol";
import { MoodyVerifier } from "./MoodyVerifier.sol";

/// @notice A vault, a market with the production constants, a client, two staked providers with an operator each, and tasks.
abstract contract MarketFixture is Test {
    uint256 internal constant START = 1_800_000_000;
    uint256 internal constant STAKE = 100 ether;
    uint128 internal constant PRICE = 0.01 ether;
    uint128 internal constant BOND = 0.1 ether;
    bytes internal constant METADATA = '{"name":"a task"}';

    Vault internal vault;
    Market internal market;
    Create2Search internal search;
    MoodyVerifier internal moody;

    address internal client = makeAddr("client");
    address internal alice = makeAddr("alice");
    address internal aliceOperator = makeAddr("alice operator");
    address internal bob = makeAddr("bob");
    address internal stranger = makeAddr("stranger");

    function setUp() public virtual {
        vm.warp(START);
        vm.roll(1000);
        vault = new Vault(48 hours, 7 days, 3 days);
        // The deploy script gives a chain other than the local one the production constants.
        vm.chainId(1);
        Deploy script = new Deploy();
        market = new Market(vault, new FraudProof(), script.constants(script.times()));
        search = new Create2Search();
        moody = new MoodyVerifier();
        vm.deal(client, 1000 ether);
        _enrol(alice);
        _enrol(bob);
        vm.prank(alice);
        vault.setOperator(aliceOperator, true, 0);
    }

    // ------------------------------------------------------------------ providers

    function _enrol(address provider) internal {
        vm.deal(provider, STAKE);
        vm.startPrank(provider);
        vault.deposit{ value: STAKE }(provider);
        vault.setMarket(address(market));
        vault.setLockLimit(1000 ether);
        vault.stake(provider, STAKE, address(market), 10_000);
        vm.stopPrank();
    }

    function _held(address provider) internal view returns (uint256) {
        return vault.poolOf(provider).held;
    }

    function _tail(address provider) internal view returns (uint256) {
        return vault.poolOf(provider).tail;
    }

    // ------------------------------------------------------------------ tasks

    function _work() internal pure returns (Work memory work) {
        work.sourceHash = keccak256("a kernel");
        work.inputs = new Input[](1);
        work.inputs[0] = Input({ root: keccak256("an input"), words: 64 });
    }

    /// @dev `shards` shards of 8 words each, one word an element.
    function _task(Model model, uint32 shards) internal view returns (Task memory task) {
        task.client = client;
        task.workHash = keccak256(abi.encode(_work()));
        task.count = shards * 8;
        task.wordsPerElement = 1;
        task.elementsPerShard = 8;
        task.model = model;
        task.maxPrice = PRICE;
        task.bond = BOND;
        task.deadline = uint64(block.timestamp + 1 hours);
        task.metadataHash = keccak256(METADATA);
    }

    /// @dev First Response, judged by the moody verifier.
    function _race(uint32 shards) internal view returns (Task memory task) {
        task = _task(Model.FirstResponse, shards);
        task.verifier = address(moody);
    }

    /// @dev Manual Confirmation.
    function _job(uint32 shards) internal view returns (Task memory task) {
        task = _task(Model.ManualConfirmation, shards);
        task.delivery = 10 minutes;
        task.review = 2 hours;
    }

    /// @dev First Response for a salt; `mask` zero accepts any that names the client.
    function _saltSearch(bytes20 mask, bytes20 wanted) internal view returns (Task memory task) {
        task = _task(Model.FirstResponse, 1);
        task.count = 1;
        task.elementsPerShard = 1;
        task.wordsPerElement = 9;
        task.verifier = address(search);
        task.verifierData = abi.encode(
            AddressSearch({ deployer: address(0xFAC), initCodeHash: keccak256("code"), mask: mask, wanted: wanted })
        );
    }

    function _escrow(Task memory task) internal pure returns (uint256) {
        uint256 shards = (uint256(task.count) + task.elementsPerShard - 1) / task.elementsPerShard;
        return shards * task.maxPrice;
    }

    function _publish(Task memory task) internal returns (bytes32 taskId) {
        return _publish(task, _work());
    }

    function _publish(Task memory task, Work memory work) internal returns (bytes32 taskId) {
        uint256 escrow = _escrow(task);
        vm.prank(task.client);
        return market.publish{ value: escrow }(task, work, METADATA);
    }

    /// @dev Storage writes to `target` since recording began.
    function _writesTo(address target) internal returns (uint256 writes) {
        Vm.AccountAccess[] memory accesses = vm.stopAndReturnStateDiff();
        for (uint256 i; i < accesses.length; ++i) {
            for (uint256 j; j < accesses[i].storageAccesses.length; ++j) {
                Vm.StorageAccess memory access = accesses[i].storageAccesses[j];
                if (access.account == target && access.isWrite) ++writes;
            }
        }
    }

    function _left(bytes32 taskId) internal view returns (uint256 amount) {
        (amount,) = vault.escrowOf(address(market), taskId);
    }

    // ------------------------------------------------------------------ responses

    function _output(address provider, uint32 shard, uint256 size) internal pure returns (bytes memory) {
        return Answers.outputOf(provider, shard, size);
    }

    function _response(address provider, uint32 shard) internal pure returns (Response memory) {
        return Answers.with(provider, shard, Answers.outputOf(provider, shard, 32));
    }

    function _responseOf(address provider, uint32 shard, bytes memory output) internal pure returns (Response memory) {
        return Answers.with(provider, shard, output);
    }

    function _leaf(bytes32 taskId, Response memory response) internal pure returns (bytes32) {
        return Answers.leafOf(taskId, response);
    }

    function _responses(bytes32 taskId, address provider, uint32 shards)
        internal
        pure
        returns (Response[] memory responses, bytes32 root)
    {
        return Answers.toAll(taskId, provider, shards);
    }

    function _answerSalt(address provider, bytes32 salt) internal pure returns (Response memory) {
        return _responseOf(provider, 0, abi.encodePacked(uint32(1), salt));
    }

    function _commit(Task memory task, Response memory response) internal {
        bytes32 leaf = _leaf(market.taskIdFor(task), response);
        vm.prank(response.provider);
        market.commit(task, response.provider, leaf);
    }

    function _respond(Task memory task, Response memory response) internal {
        vm.prank(response.provider);
        market.respond(task, response);
    }

    /// @dev Long enough for a commitment to open.
    function _mature() internal {
        skip(24);
        vm.roll(block.number + 1);
    }

    // ------------------------------------------------------------------ offers

    /// @return responses what the provider would deliver.
    function _offer(Task memory task, address provider, uint256 ask) internal returns (Response[] memory responses) {
        bytes32 root;
        uint256 shards = _escrow(task) / task.maxPrice;
        (responses, root) = _responses(market.taskIdFor(task), provider, uint32(shards));
        vm.prank(provider);
        market.offer(task, provider, ask, root, "preview");
    }

    function _confirm(Task memory task, address provider) internal {
        vm.prank(client);
        market.confirm(task, provider);
    }

    function _state(bytes32 taskId) internal view returns (IMarket.TaskState memory) {
        return market.taskState(taskId);
    }

    function _status(bytes32 taskId, address provider) internal view returns (IMarket.OfferStatus) {
        return market.offerState(taskId, provider).status;
    }
}
