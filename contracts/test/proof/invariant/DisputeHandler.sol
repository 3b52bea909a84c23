// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Market } from "../../../src/Market.sol";
import { IFraudProof } from "../../../src/interfaces/IFraudProof.sol";
import { Proof } from "../../../src/types/Proof.sol";
import { Response } from "../../../src/types/Response.sol";
import { Model, Task, Work } from "../../../src/types/Task.sol";
import { Answers } from "../../market/Answers.sol";
import { Lies } from "../Lies.sol";
import { Kernel, ProofBuilder } from "../ProofBuilder.sol";

/// @notice An honest provider, one that cheats in one bit, and challengers who stop at nothing. It knows who is right.
contract DisputeHandler is ProofBuilder {
    uint256 internal constant WINDOW = 48 hours;
    uint128 internal constant PRICE = 0.01 ether;
    uint128 internal constant BOND = 0.1 ether;

    struct Known {
        uint8 kernel;
        uint32 shard;
        bool wrong;
        /// @dev Where a bit is turned: word of the shard's output, and bit.
        uint32 place;
        uint8 bit;
        uint256 salt;
        uint64 deadline;
        uint256 settledAt;
        bool convicted;
    }

    Market internal immutable MARKET;
    address public immutable HONEST;
    address public immutable CHEAT;
    address internal immutable CLIENT;

    Known[] internal _known;

    /// @dev Ghosts: how often the element code ran on behalf of an honest and of a cheating response, and convictions.
    uint256 public honestRuns;
    uint256 public cheatRuns;
    uint256 public convictions;
    /// @dev Convictions of the honest: what I8 says stays zero.
    uint256 public wrongful;
    /// @dev True proofs that were refused inside the window: what I9 says stays zero.
    uint256 public shielded;

    constructor(Market market, address honest, address cheat, address client) {
        (MARKET, HONEST, CHEAT, CLIENT) = (market, honest, cheat, client);
    }

    // ------------------------------------------------------------------ reading

    function count() external view returns (uint256) {
        return _known.length;
    }

    function known(uint256 index) external view returns (Known memory) {
        return _known[index];
    }

    function taskId(uint256 index) external view returns (bytes32) {
        return MARKET.taskIdFor(_taskOf(_known[index]));
    }

    // ------------------------------------------------------------------ acting

    function respond(uint256 seed, bool wrong) external {
        if (_known.length < 40) respondAnyway(seed, wrong);
    }

    function respondAnyway(uint256 seed, bool wrong) public {
        Known memory k;
        (k.kernel, k.wrong, k.salt) = (uint8(seed % 3), wrong, _known.length);
        Kernel memory kernel = _kernelOf(k);
        k.shard = uint32((seed >> 8) % kernel.outputs.length);
        k.place = uint32((seed >> 16) % (kernel.outputs[k.shard].length / 4));
        k.bit = uint8((seed >> 48) % 32);
        k.deadline = uint64(block.timestamp + 1 days);
        _settle(k, kernel);
        k.settledAt = block.timestamp;
        _known.push(k);
    }

    /// @dev The true proof of what is wrong, from anybody.
    function challenge(uint256 which, address challenger) external {
        (uint256 index, bool found) = _pick(which, true);
        if (found) _prove(index, challenger);
    }

    /// @dev A well-formed proof about a word that is right, with one lie or none, at any gas.
    function lie(uint256 which, uint256 word, uint256 kind, uint256 seed, uint256 limit) external {
        (uint256 index, bool found) = _pick(which >> 1, which % 4 == 0);
        if (!found) return;
        Known memory k = _known[index];
        Kernel memory kernel = _kernelOf(k);
        bytes memory output = _outputOf(k, kernel);
        uint32 place = uint32(word % (output.length / 4));
        if (k.wrong && place == k.place) return;
        Proof memory proof = Lies.told(_proofAt(k, kernel, output, place), kind % Lies.KINDS, seed);
        _send(index, _call(k, kernel, output, proof), kind % 4 == 0 ? 3_000_000 : bound(limit, 30_000, 3_000_000));
    }

    /// @dev Noise over some of the bytes of a call, or nothing but noise.
    function noise(uint256 which, uint256 seed, bytes calldata bytes_) external {
        (uint256 index, bool found) = _pick(which >> 1, which % 2 == 0);
        if (!found) return;
        Known memory k = _known[index];
        Kernel memory kernel = _kernelOf(k);
        bytes memory output = _outputOf(k, kernel);
        bytes memory call = _call(k, kernel, output, _proofAt(k, kernel, output, 0));
        if (seed % 8 == 0) {
            call = bytes.concat(MARKET.challenge.selector, bytes_);
        } else {
            for (uint256 i; i < bytes_.length; ++i) {
                call[4 + ((seed >> 8) + i) % (call.length - 4)] = bytes_[i];
            }
        }
        _send(index, call, 3_000_000);
    }

    /// @dev The response of one with the root, the provider or the price of another.
    function mixUp(uint256 which, uint256 other, uint256 kind) external {
        (uint256 index, bool found) = _pick(which, false);
        (uint256 wrongIndex, bool foundOther) = _pick(other, true);
        if (!found || !foundOther) return;
        Known memory k = _known[index];
        Known memory w = _known[wrongIndex];
        (Kernel memory kernel, Kernel memory otherKernel) = (_kernelOf(k), _kernelOf(w));
        bytes memory output = _outputOf(w, otherKernel);
        Proof memory proof = _proofAt(w, otherKernel, output, w.place);
        (Task memory task, Work memory work) =
            kind % 2 == 0 ? (_taskOf(k), _workOf(kernel)) : (_taskOf(k), _workOf(otherKernel));
        bytes32 root = kind % 3 == 0 ? _rootOf(output) : _rootOf(_outputOf(k, kernel));
        address provider = kind % 5 == 0 ? CHEAT : HONEST;
        _send(index, abi.encodeCall(MARKET.challenge, (task, work, provider, root, PRICE, proof)), 3_000_000);
    }

    function pass(uint256 duration) external {
        skip(bound(duration, 1, duration % 8 == 0 ? 30 hours : 1 hours));
        vm.roll(block.number + 1);
    }

    /// @dev At the end: about every response one proof of a right word, and the true one where there is one.
    function settleAll() external {
        for (uint256 i; i < _known.length; ++i) {
            Known memory k = _known[i];
            Kernel memory kernel = _kernelOf(k);
            bytes memory output = _outputOf(k, kernel);
            uint32 place = uint32((k.place + 1) % (output.length / 4));
            _send(i, _call(k, kernel, output, _proofAt(k, kernel, output, place)), 3_000_000);
            if (k.wrong && !k.convicted) _prove(i, address(uint160(0xc4a11e + i)));
        }
    }

    // ------------------------------------------------------------------ inside

    /// @dev A response of the asked kind, the youngest ones first.
    function _pick(uint256 which, bool wrong) internal view returns (uint256 index, bool found) {
        uint256 length = _known.length;
        for (uint256 i; i < length; ++i) {
            index = length - 1 - (which % 8 + i) % length;
            if (_known[index].wrong == wrong) return (index, true);
        }
    }

    function _prove(uint256 index, address challenger) internal {
        Known memory k = _known[index];
        Kernel memory kernel = _kernelOf(k);
        bytes memory output = _outputOf(k, kernel);
        bytes memory call = _call(k, kernel, output, _proofAt(k, kernel, output, k.place));
        bool due = !k.convicted && block.timestamp < k.settledAt + WINDOW;
        vm.prank(challenger);
        (bool success,) = address(MARKET).call(call);
        if (due && !success) ++shielded;
        if (!success) return;
        ++cheatRuns;
        ++convictions;
        _known[index].convicted = true;
        assertTrue(due, "I4: convicted twice or too late");
    }

    function _send(uint256 index, bytes memory call, uint256 limit) internal {
        bool wasConvicted = _isConvicted(index);
        (bool success, bytes memory answer) = address(MARKET).call{ gas: limit }(call);
        bytes4 cause = answer.length < 4 ? bytes4(0) : bytes4(answer);
        bool ran = cause == IFraudProof.NotDifferent.selector || cause == IFraudProof.KernelFailed.selector;
        if (ran && _known[index].wrong) ++cheatRuns;
        else if (ran) ++honestRuns;
        if (!success) return;
        // Noise may have hit nothing that counts; then it was a true proof of a wrong response after all.
        if (_known[index].wrong && !wasConvicted && _isConvicted(index)) {
            _known[index].convicted = true;
            ++convictions;
        } else {
            ++wrongful;
        }
    }

    function _isConvicted(uint256 index) internal view returns (bool) {
        Known memory k = _known[index];
        return MARKET.shardState(MARKET.taskIdFor(_taskOf(k)), k.shard).slashed;
    }

    function _settle(Known memory k, Kernel memory kernel) internal {
        Task memory task = _taskOf(k);
        Work memory work = _workOf(kernel);
        uint256 escrow = kernel.outputs.length * PRICE;
        vm.deal(CLIENT, escrow);
        vm.prank(CLIENT);
        MARKET.publish{ value: escrow }(task, work, "");
        Response memory response = Answers.with(_providerOf(k), k.shard, _outputOf(k, kernel));
        bytes32 leaf = Answers.leafOf(MARKET.taskIdFor(task), response);
        vm.prank(response.provider);
        MARKET.commit(task, response.provider, leaf);
        skip(24);
        vm.roll(block.number + 1);
        vm.prank(response.provider);
        MARKET.respond(task, response);
    }

    function _providerOf(Known memory k) internal view returns (address) {
        return k.wrong ? CHEAT : HONEST;
    }

    function _kernelOf(Known memory k) internal view returns (Kernel memory) {
        return _kernel(k.kernel == 0 ? "squares" : k.kernel == 1 ? "gather" : "blend");
    }

    function _outputOf(Known memory k, Kernel memory kernel) internal pure returns (bytes memory output) {
        output = kernel.outputs[k.shard];
        return k.wrong ? _flipped(output, k.place, k.bit) : output;
    }

    function _taskOf(Known memory k) internal view returns (Task memory task) {
        Kernel memory kernel = _kernelOf(k);
        task.client = CLIENT;
        task.workHash = keccak256(abi.encode(_workOf(kernel)));
        (task.count, task.wordsPerElement) = (kernel.count, kernel.wordsPerElement);
        task.elementsPerShard = kernel.elementsPerShard;
        task.model = Model.FirstResponse;
        (task.maxPrice, task.bond) = (PRICE, BOND);
        task.deadline = k.deadline;
        task.metadataHash = keccak256("");
        task.salt = k.salt;
    }

    function _proofAt(Known memory k, Kernel memory kernel, bytes memory output, uint32 place)
        internal
        pure
        returns (Proof memory)
    {
        uint32 id = k.shard * kernel.elementsPerShard + place / kernel.wordsPerElement;
        return _proofOf(kernel, output, id, place % kernel.wordsPerElement);
    }

    function _call(Known memory k, Kernel memory kernel, bytes memory output, Proof memory proof)
        internal
        view
        returns (bytes memory)
    {
        return abi.encodeCall(
            MARKET.challenge, (_taskOf(k), _workOf(kernel), _providerOf(k), _rootOf(output), PRICE, proof)
        );
    }

    function _rootOf(bytes memory output) internal pure returns (bytes32) {
        return Answers.with(address(0), 0, output).outputRoot;
    }
}
