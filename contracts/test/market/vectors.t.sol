// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVerifier } from "../../src/interfaces/IVerifier.sol";
import { responseLeaf } from "../../src/types/Response.sol";
import { Input, Model, Task, Work } from "../../src/types/Task.sol";
import { AddressSearch } from "../../src/verifiers/Create2Search.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { CommitmentTree, NaiveMerkle } from "./NaiveMerkle.sol";

/// @notice What contracts and SDK must agree on to the bit, in contracts/test/vectors: the tests of the SDK read the same
/// files. `VECTORS=write forge test --match-contract Vectors` writes them anew; without it a stale file fails.
/// All numbers are decimal strings, all bytes hexadecimal ones.
contract VectorsTest is MarketFixture {
    string internal _items;

    function test_TaskIds() external {
        Work[3] memory works = [_work(), _emptyWork(), _fullWork()];
        for (uint256 i; i < 3; ++i) {
            Task[3] memory tasks =
                [_job(3), _saltSearch(bytes20(uint160(0x3fff)), bytes20(uint160(0x00c0))), _extreme()];
            for (uint256 j; j < 3; ++j) {
                tasks[j].workHash = keccak256(abi.encode(works[i]));
                tasks[j].salt = uint256(keccak256(abi.encode(i, j)));
                string memory item = string.concat(
                    _field("chainId", vm.toString(block.chainid)), ",", _field("market", vm.toString(address(market)))
                );
                item = string.concat(item, ",\"work\":", _workJson(works[i]), ",\"task\":", _taskJson(tasks[j]));
                item = string.concat(item, ",", _field("workHash", vm.toString(tasks[j].workHash)));
                _add(string.concat(item, ",", _field("taskId", vm.toString(market.taskIdFor(tasks[j])))));
            }
        }
        _finish("task-ids");
    }

    function test_ResponseLeaves() external {
        for (uint32 i; i < 4; ++i) {
            bytes32 taskId = keccak256(abi.encode("task", i));
            uint32 shard = i == 3 ? type(uint32).max : i * 1000;
            address provider = i == 2 ? address(type(uint160).max) : vm.addr(i + 1);
            bytes32 root = keccak256(abi.encode("root", i));
            bytes32 salt = i == 1 ? bytes32(0) : keccak256(abi.encode("salt", i));
            string memory item = _field("taskId", vm.toString(taskId));
            item = string.concat(item, ",", _field("shard", vm.toString(shard)));
            item = string.concat(item, ",", _field("provider", vm.toString(provider)));
            item = string.concat(item, ",", _field("outputRoot", vm.toString(root)));
            item = string.concat(item, ",", _field("salt", vm.toString(salt)));
            bytes32 leaf = responseLeaf(taskId, shard, provider, root, salt);
            _add(string.concat(item, ",", _field("leaf", vm.toString(leaf))));
        }
        _finish("response-leaves");
    }

    function test_CommitmentTrees() external {
        uint8[9] memory sizes = [1, 2, 3, 4, 5, 7, 8, 17, 64];
        for (uint256 i; i < sizes.length; ++i) {
            bytes32[] memory leaves = new bytes32[](sizes[i]);
            string memory list;
            for (uint256 j; j < leaves.length; ++j) {
                leaves[j] = keccak256(abi.encode("leaf", sizes[i], j));
            }
            string memory paths;
            for (uint256 j; j < leaves.length; ++j) {
                string memory comma = j == 0 ? "" : ",";
                list = string.concat(list, comma, "\"", vm.toString(leaves[j]), "\"");
                paths = string.concat(paths, comma, _words(CommitmentTree.pathOf(leaves, j)));
            }
            string memory item = string.concat("\"leaves\":[", list, "],\"paths\":[", paths, "],");
            _add(string.concat(item, _field("root", vm.toString(CommitmentTree.rootOf(leaves)))));
        }
        _finish("commitment-trees");
    }

    /// @dev Byte i of the data is (31 i + 7) mod 251.
    function test_MerkleRoots() external {
        uint16[19] memory sizes =
            [4, 8, 36, 124, 128, 132, 252, 256, 260, 384, 516, 640, 1020, 1024, 2052, 4096, 8196, 16_380, 16_384];
        for (uint256 i; i < sizes.length; ++i) {
            bytes memory data = new bytes(sizes[i]);
            for (uint256 j; j < data.length; ++j) {
                data[j] = bytes1(uint8((31 * j + 7) % 251));
            }
            _add(
                string.concat(
                    _field("bytes", vm.toString(data.length)),
                    ",",
                    _field("root", vm.toString(NaiveMerkle.rootOf(data)))
                )
            );
        }
        _finish("merkle-roots");
    }

    function test_Ends() external {
        Task[2] memory tasks = [_race(2), _job(2)];
        for (uint256 i; i < 2; ++i) {
            tasks[i].deadline = uint64(START + 1 days);
            _publish(tasks[i]);
            _addEnd(tasks[i]);
            skip(7);
            vm.prank(client);
            market.cancel(tasks[i]);
            _addEnd(tasks[i]);
        }
        _finish("ends");
    }

    function test_Create2Searches() external {
        bytes20 flags = bytes20(uint160(0x3fff));
        bytes20 head = bytes20(uint160(0xff) << 152);
        AddressSearch memory any = AddressSearch(address(0xFAC), keccak256("code"), 0, 0);
        AddressSearch memory prefixed = AddressSearch(CREATE2_FACTORY, keccak256("code"), head, 0);
        AddressSearch memory hook = AddressSearch(CREATE2_FACTORY, keccak256("hook"), flags, bytes20(uint160(0x00c0)));
        _addSearch(any, 0);
        _addSearch(prefixed, _mine(prefixed));
        _addSearch(hook, _mine(hook));
        _addSearch(hook, _mine(hook) + 1);
        _addSearch(AddressSearch(CREATE2_FACTORY, keccak256("hook"), flags, head), 1);
        _finish("create2-searches");
    }

    // ------------------------------------------------------------------ items

    function _addEnd(Task memory task) internal {
        string memory item = string.concat("\"task\":", _taskJson(task), ",");
        uint256 cancelled = market.taskState(market.taskIdFor(task)).deadline;
        item = string.concat(item, _field("cancelledDeadline", vm.toString(cancelled)), ",");
        _add(string.concat(item, _field("end", vm.toString(market.endOf(task)))));
    }

    function _addSearch(AddressSearch memory wanted, uint256 nonce) internal {
        bytes32 salt = _saltOf(nonce);
        Task memory task = _saltSearch(0, 0);
        task.verifierData = abi.encode(wanted);
        bytes memory output = abi.encodePacked(uint32(1), salt);
        bool accepted = search.verify(0, task, 0, alice, output) == IVerifier.verify.selector;
        string memory item = _field("client", vm.toString(client));
        item = string.concat(item, ",", _field("deployer", vm.toString(wanted.deployer)));
        item = string.concat(item, ",", _field("initCodeHash", vm.toString(wanted.initCodeHash)));
        item = string.concat(item, ",", _field("mask", vm.toString(abi.encodePacked(wanted.mask))));
        item = string.concat(item, ",", _field("wanted", vm.toString(abi.encodePacked(wanted.wanted))));
        item = string.concat(item, ",", _field("verifierData", vm.toString(task.verifierData)));
        item = string.concat(item, ",", _field("salt", vm.toString(salt)));
        item = string.concat(item, ",", _field("address", vm.toString(search.addressOf(wanted, salt))));
        item = string.concat(item, ",", _field("output", vm.toString(output)));
        item = string.concat(item, ",", _field("outputRoot", vm.toString(NaiveMerkle.rootOf(output))));
        _add(string.concat(item, ",\"accepted\":", accepted ? "true" : "false"));
    }

    function _mine(AddressSearch memory wanted) internal view returns (uint256 nonce) {
        while (!search.matches(wanted, search.addressOf(wanted, _saltOf(nonce)))) {
            ++nonce;
        }
    }

    function _saltOf(uint256 nonce) internal view returns (bytes32) {
        return bytes32(bytes20(client)) | bytes32(nonce);
    }

    function _emptyWork() internal pure returns (Work memory work) {
        work.sourceHash = keccak256("another kernel");
        work.inputs = new Input[](0);
    }

    function _fullWork() internal pure returns (Work memory work) {
        work.sourceHash = bytes32(type(uint256).max);
        work.codeHash = keccak256("element code");
        work.compilerVersion = type(uint32).max;
        work.inputs = new Input[](8);
        for (uint32 i; i < 8; ++i) {
            work.inputs[i] = Input({ root: keccak256(abi.encode("input", i)), words: type(uint32).max - i });
        }
    }

    /// @dev Every field at its largest.
    function _extreme() internal pure returns (Task memory task) {
        task.client = address(type(uint160).max);
        task.count = task.wordsPerElement = task.elementsPerShard = type(uint32).max;
        task.model = Model.Consensus;
        task.minPrice = task.maxPrice = task.bond = task.minOwnStake = type(uint128).max;
        task.opensAt = task.deadline = type(uint64).max;
        task.bidding = task.reveal = task.ramp = task.delivery = task.review = type(uint32).max;
        task.quorum = type(uint8).max;
        task.panel = new address[](3);
        task.panel[1] = address(1);
        task.panel[2] = address(type(uint160).max);
        task.verifier = address(0xbeef);
        task.verifierData = hex"00010203ff";
        task.metadataHash = bytes32(type(uint256).max);
    }

    // ------------------------------------------------------------------ JSON

    function _add(string memory item) internal {
        _items = string.concat(_items, bytes(_items).length == 0 ? "" : ",\n", "{", item, "}");
    }

    function _finish(string memory name) internal {
        string memory path = string.concat(vm.projectRoot(), "/contracts/test/vectors/", name, ".json");
        string memory text = string.concat("[\n", _items, "\n]\n");
        if (keccak256(bytes(vm.envOr("VECTORS", string("")))) == keccak256("write")) vm.writeFile(path, text);
        assertEq(text, vm.readFile(path), "stale: VECTORS=write forge test --match-contract Vectors");
    }

    function _field(string memory name, string memory value) internal pure returns (string memory) {
        return string.concat("\"", name, "\":\"", value, "\"");
    }

    function _words(bytes32[] memory list) internal pure returns (string memory json) {
        for (uint256 i; i < list.length; ++i) {
            json = string.concat(json, i == 0 ? "" : ",", "\"", vm.toString(list[i]), "\"");
        }
        return string.concat("[", json, "]");
    }

    function _workJson(Work memory work) internal pure returns (string memory json) {
        json = string.concat("{", _field("sourceHash", vm.toString(work.sourceHash)));
        json = string.concat(json, ",", _field("codeHash", vm.toString(work.codeHash)));
        json = string.concat(json, ",", _field("compilerVersion", vm.toString(work.compilerVersion)), ",\"inputs\":[");
        for (uint256 i; i < work.inputs.length; ++i) {
            json = string.concat(json, i == 0 ? "{" : ",{", _field("root", vm.toString(work.inputs[i].root)), ",");
            json = string.concat(json, _field("words", vm.toString(work.inputs[i].words)), "}");
        }
        json = string.concat(json, "]}");
    }

    function _taskJson(Task memory task) internal pure returns (string memory json) {
        json = string.concat("{", _field("client", vm.toString(task.client)));
        json = string.concat(json, ",", _field("workHash", vm.toString(task.workHash)));
        json = string.concat(json, ",", _field("count", vm.toString(task.count)));
        json = string.concat(json, ",", _field("wordsPerElement", vm.toString(task.wordsPerElement)));
        json = string.concat(json, ",", _field("elementsPerShard", vm.toString(task.elementsPerShard)));
        json = string.concat(json, ",", _field("model", vm.toString(uint8(task.model))));
        json = string.concat(json, ",", _field("minPrice", vm.toString(task.minPrice)));
        json = string.concat(json, ",", _field("maxPrice", vm.toString(task.maxPrice)));
        json = string.concat(json, ",", _field("bond", vm.toString(task.bond)));
        json = string.concat(json, ",", _field("opensAt", vm.toString(task.opensAt)));
        json = string.concat(json, ",", _field("deadline", vm.toString(task.deadline)));
        json = string.concat(json, ",", _field("bidding", vm.toString(task.bidding)));
        json = string.concat(json, ",", _field("reveal", vm.toString(task.reveal)));
        json = string.concat(json, ",", _field("ramp", vm.toString(task.ramp)));
        json = string.concat(json, ",", _field("delivery", vm.toString(task.delivery)));
        json = string.concat(json, ",", _field("review", vm.toString(task.review)));
        json = string.concat(json, ",", _field("quorum", vm.toString(task.quorum)), ",\"panel\":[");
        for (uint256 i; i < task.panel.length; ++i) {
            json = string.concat(json, i == 0 ? "\"" : ",\"", vm.toString(task.panel[i]), "\"");
        }
        json = string.concat(json, "],", _field("verifier", vm.toString(task.verifier)));
        json = string.concat(json, ",", _field("verifierData", vm.toString(task.verifierData)));
        json = string.concat(json, ",", _field("minOwnStake", vm.toString(task.minOwnStake)));
        json = string.concat(json, ",", _field("metadataHash", vm.toString(task.metadataHash)));
        json = string.concat(json, ",", _field("salt", vm.toString(task.salt)), "}");
    }
}
