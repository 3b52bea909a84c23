// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IFraudProof } from "../../src/interfaces/IFraudProof.sol";
import { Proof, Verdict, Window } from "../../src/types/Proof.sol";
import { Input, Task, Work } from "../../src/types/Task.sol";
import { NaiveMerkle } from "../market/NaiveMerkle.sol";
import { Kernel } from "./ProofBuilder.sol";
import { ProofFixture } from "./ProofFixture.sol";

/// @dev Lies about word 1 of element 22 of `blend`, in shard 0, which has three leaves and reads all three buffers.
contract ProveTest is ProofFixture {
    uint32 internal constant ID = 22;
    uint32 internal constant WORD = 1;

    /// @notice A call of `prove` about to be made, and the outputs that it is about.
    struct Attempt {
        Task task;
        Work work;
        bytes32 root;
        Proof proof;
        bytes honest;
        bytes wrong;
    }

    function _attempt() internal view returns (Attempt memory attempt) {
        Kernel memory kernel = _kernel("blend");
        attempt.task = _provable(kernel);
        attempt.work = _workOf(kernel);
        attempt.honest = kernel.outputs[0];
        attempt.wrong = _flipped(attempt.honest, ID * 3 + WORD, 9);
        _about(attempt, attempt.wrong, WORD);
    }

    function _about(Attempt memory attempt, bytes memory output, uint32 word) internal view {
        attempt.root = NaiveMerkle.rootOf(output);
        attempt.proof = _proofOf(_kernel("blend"), output, ID, word);
    }

    // ------------------------------------------------------------------ element and output

    function test_RevertWhen_NotProvable() external {
        Attempt memory a = _attempt();
        a.work.codeHash = 0;
        _refused(a, abi.encodeWithSelector(IFraudProof.NotProvable.selector));
    }

    function test_RevertWhen_ElementOutOfRange() external {
        Attempt memory a = _attempt();
        a.proof.id = a.task.count;
        _refused(a, abi.encodeWithSelector(IFraudProof.ElementOutOfRange.selector, a.task.count, a.task.count));
        a.proof.id = type(uint32).max;
        _refused(a, abi.encodeWithSelector(IFraudProof.ElementOutOfRange.selector, type(uint32).max, a.task.count));
    }

    function test_RevertWhen_WordOutOfRange() external {
        Attempt memory a = _attempt();
        a.proof.word = 3;
        _refused(a, abi.encodeWithSelector(IFraudProof.WordOutOfRange.selector, 3, 3));
        a.proof.word = type(uint32).max;
        _refused(a, abi.encodeWithSelector(IFraudProof.WordOutOfRange.selector, type(uint32).max, 3));
    }

    /// @dev 64 bytes are a node of the tree: with a path one shorter it would lead to the a.root as well.
    function test_RevertWhen_LeafSizeMismatch() external {
        Attempt memory a = _attempt();
        uint16[4] memory sizes = [uint16(0), 64, 127, 129];
        for (uint256 i; i < sizes.length; ++i) {
            a.proof.leaf = new bytes(sizes[i]);
            _refused(a, abi.encodeWithSelector(IFraudProof.LeafSizeMismatch.selector, sizes[i], 128));
        }
    }

    function test_RevertWhen_ANodeStandsForALeaf() external {
        Attempt memory a = _attempt();
        bytes32 left = keccak256(NaiveMerkle.leafOf(a.wrong, 0));
        bytes32 right = keccak256(NaiveMerkle.leafOf(a.wrong, 1));
        a.proof.leaf = abi.encode(left, right);
        a.proof.path = new bytes32[](1);
        a.proof.path[0] = keccak256(NaiveMerkle.leafOf(a.wrong, 2));
        _refused(a, abi.encodeWithSelector(IFraudProof.LeafSizeMismatch.selector, 64, 128));
    }

    function test_RevertWhen_PathMismatch() external {
        Attempt memory a = _attempt();
        // The last leaf of three moves up once and has a path of one.
        assertEq(a.proof.path.length, 1);
        a.proof.path = _joined(a.proof.path, new bytes32[](1));
        _refused(a, abi.encodeWithSelector(IFraudProof.PathMismatch.selector, 2, 1));
        a.proof.path = new bytes32[](0);
        _refused(a, abi.encodeWithSelector(IFraudProof.PathMismatch.selector, 0, 1));
    }

    /// @dev A a.root of zero must not stand for a path that did not suffice.
    function test_RevertWhen_PathMismatchUnderARootOfZero() external {
        Attempt memory a = _attempt();
        a.proof.path = new bytes32[](0);
        a.root = 0;
        _refused(a, abi.encodeWithSelector(IFraudProof.PathMismatch.selector, 0, 1));
    }

    function test_RevertWhen_CommittedRootMismatch() external {
        Attempt memory a = _attempt();
        bytes32 path = a.proof.path[0];
        a.proof.path[0] = ~path;
        _refusedForRoot(a);
        a.proof.path[0] = path;
        // The honest provider's leaf with the a.honest word, under the a.root of the lie; and the other way round.
        a.proof.leaf = NaiveMerkle.leafOf(a.honest, 2);
        _refusedForRoot(a);
        a.proof.leaf = NaiveMerkle.leafOf(a.wrong, 2);
        a.root = NaiveMerkle.rootOf(a.honest);
        _refusedForRoot(a);
    }

    /// @dev A right leaf of another place: leaf 0 with its own path, for a word of leaf 2.
    function test_RevertWhen_AnotherPlacesLeaf() external {
        Attempt memory a = _attempt();
        a.proof.leaf = NaiveMerkle.leafOf(a.wrong, 0);
        a.proof.path = NaiveMerkle.pathOf(a.wrong, 0);
        _refused(a, abi.encodeWithSelector(IFraudProof.PathMismatch.selector, 2, 1));
        a.proof.id = 0;
        a.proof.leaf = NaiveMerkle.leafOf(a.wrong, 1);
        a.proof.path = NaiveMerkle.pathOf(a.wrong, 1);
        _refusedForRoot(a);
    }

    // ------------------------------------------------------------------ kernel

    function test_RevertWhen_KernelMismatch() external {
        Attempt memory a = _attempt();
        address other = fraudProof.deployKernel(_kernel("squares").code);
        a.proof.code = "";
        _refusedKernel(a, other, keccak256(_kernel("squares").code));
        _refusedKernel(a, makeAddr("nobody"), 0);
        vm.deal(stranger, 1);
        _refusedKernel(a, stranger, keccak256(""));
        _refusedKernel(a, address(fraudProof), address(fraudProof).codehash);
        // Its own address is only read when no code comes along.
        a.proof.code = _kernel("gather").code;
        a.proof.kernel = fraudProof.deployKernel(_kernel("blend").code);
        address gather = fraudProof.kernelAddress(a.proof.code);
        _refused(
            a,
            abi.encodeWithSelector(
                IFraudProof.KernelMismatch.selector, gather, a.work.codeHash, keccak256(a.proof.code)
            )
        );
    }

    function test_RevertWhen_OneByteOfTheCodeDiffers() external {
        Attempt memory a = _attempt();
        a.proof.code[a.proof.code.length - 1] ^= 0x01;
        address other = fraudProof.kernelAddress(a.proof.code);
        _refused(
            a,
            abi.encodeWithSelector(IFraudProof.KernelMismatch.selector, other, a.work.codeHash, keccak256(a.proof.code))
        );
    }

    function test_RevertWhen_KernelNotDeployed() external {
        Attempt memory a = _attempt();
        // EIP-3541: no chain takes code that begins so.
        a.proof.code = hex"ef00";
        _refused(a, abi.encodeWithSelector(IFraudProof.KernelNotDeployed.selector, 2));
    }

    // ------------------------------------------------------------------ windows

    function test_RevertWhen_WindowOutOfOrder() external {
        Attempt memory a = _attempt();
        _refusedWindow(a, 0, Window(0, 0, 0));
        _refusedWindow(a, 0, Window(3, 0, 1));
        _refusedWindow(a, 0, Window(type(uint32).max, 0, 1));
        // Buffer 0 again after buffer 1.
        _refusedWindow(a, 2, Window(0, 0, 1));
        // The same leaf a second time; one that ends inside the one before.
        a.proof.windows = _with(a.proof.windows, Window(2, 21, 1));
        _refused(a, abi.encodeWithSelector(IFraudProof.WindowOutOfOrder.selector, 3));
        a.proof.windows[3] = Window(2, 0, 1);
        _refused(a, abi.encodeWithSelector(IFraudProof.WindowOutOfOrder.selector, 3));
    }

    function test_RevertWhen_WindowOutOfRange() external {
        Attempt memory a = _attempt();
        a.proof.windows[2] = Window(2, 0, 23);
        _refused(a, abi.encodeWithSelector(IFraudProof.WindowOutOfRange.selector, 2, 23, 22));
        a.proof.windows[2] = Window(2, 22, 1);
        _refused(a, abi.encodeWithSelector(IFraudProof.WindowOutOfRange.selector, 2, 23, 22));
        a.proof.windows[2] = Window(2, type(uint32).max, type(uint32).max);
        _refused(a, abi.encodeWithSelector(IFraudProof.WindowOutOfRange.selector, 2, 2 * uint256(type(uint32).max), 22));
    }

    function test_RevertWhen_DataSizeMismatch() external {
        Attempt memory a = _attempt();
        bytes memory data = a.proof.data;
        a.proof.data = bytes.concat(data, hex"00");
        _refused(a, abi.encodeWithSelector(IFraudProof.DataSizeMismatch.selector, data.length + 1, data.length));
        a.proof.data = "";
        _refused(a, abi.encodeWithSelector(IFraudProof.DataSizeMismatch.selector, 0, data.length));
    }

    function test_RevertWhen_SiblingsMismatch() external {
        Attempt memory a = _attempt();
        // Everything is shown, so that nothing is beside the way.
        assertEq(a.proof.siblings.length, 0);
        a.proof.siblings = new bytes32[](1);
        _refused(a, abi.encodeWithSelector(IFraudProof.SiblingsMismatch.selector, 1, 0));

        a.proof = _proofWithout(a, 2, 5);
        assertEq(a.proof.siblings.length, 1);
        a.proof.siblings = new bytes32[](0);
        _refused(a, abi.encodeWithSelector(IFraudProof.SiblingsMismatch.selector, 0, 1));
    }

    function test_RevertWhen_InputRootMismatch() external {
        Attempt memory a = _attempt();
        for (uint256 i; i < a.proof.data.length; i += 97) {
            a.proof.data[i] ^= 0x10;
            (bool success, bytes memory answer) = _prove(a);
            assertFalse(success);
            assertEq(bytes4(answer), IFraudProof.InputRootMismatch.selector);
            a.proof.data[i] ^= 0x10;
        }
        (bool proven,) = _prove(a);
        assertTrue(proven, "restored");
    }

    /// @dev The right words of one place shown for another.
    function test_RevertWhen_WindowsAreShifted() external {
        Attempt memory a = _attempt();
        a.proof = _proofWithout(a, 2, 0);
        a.proof.windows[2].firstLeaf = 0;
        (bool success, bytes memory answer) = _prove(a);
        assertFalse(success);
        assertEq(bytes4(answer), IFraudProof.InputRootMismatch.selector);
    }

    function test_RevertWhen_ASiblingIsChanged() external {
        Attempt memory a = _attempt();
        a.proof = _proofWithout(a, 2, 5);
        a.proof.siblings[0] = ~a.proof.siblings[0];
        (bool success, bytes memory answer) = _prove(a);
        assertFalse(success);
        assertEq(bytes4(answer), IFraudProof.InputRootMismatch.selector);
    }

    /// @dev Element 22 reads words 0, 22 and 11, 286 and 458: leaves 0, 0, 8 and 14. Only what it reads has to be shown.
    function test_RevertWhen_AWordThatItReadsIsMissing() external {
        Attempt memory a = _attempt();
        uint8[2][4] memory read = [[uint8(0), 0], [uint8(1), 0], [uint8(2), 8], [uint8(2), 14]];
        for (uint256 i; i < read.length; ++i) {
            a.proof = _proofWithout(a, read[i][0], read[i][1]);
            address at_ = fraudProof.kernelAddress(a.proof.code);
            _refused(a, abi.encodeWithSelector(IFraudProof.KernelFailed.selector, at_));
        }
        a.proof = _proofWithout(a, 2, 9);
        (bool success,) = _prove(a);
        assertTrue(success);
    }

    // ------------------------------------------------------------------ what the kernel does

    /// @dev Code that a client could plant; its hash is what the a.task names.
    function test_RevertWhen_KernelFails() external {
        Attempt memory a = _attempt();
        _plant(a, hex"5f5ffd");
        _refused(a, abi.encodeWithSelector(IFraudProof.KernelFailed.selector, a.proof.kernel));
        _plant(a, hex"fe");
        _refused(a, abi.encodeWithSelector(IFraudProof.KernelFailed.selector, a.proof.kernel));
        // SSTORE: a static call may not write.
        _plant(a, hex"60015f5560605ff3");
        _refused(a, abi.encodeWithSelector(IFraudProof.KernelFailed.selector, a.proof.kernel));
    }

    function test_RevertWhen_KernelRunsOutOfGas() external {
        Attempt memory a = _attempt();
        // JUMPDEST, PUSH0, JUMP.
        _plant(a, hex"5b5f56");
        (bool success, bytes memory answer) = address(fraudProof).call{ gas: 3_000_000 }(_call(a));
        assertFalse(success);
        assertEq(answer, abi.encodeWithSelector(IFraudProof.KernelFailed.selector, a.proof.kernel));
    }

    function test_RevertWhen_KernelSizeMismatch() external {
        Attempt memory a = _attempt();
        // RETURN of 0, 95, 97 and 65,535 bytes; an element of `blend` has 96.
        bytes[4] memory codes = [bytes(hex"00"), hex"605f5ff3", hex"60615ff3", hex"61ffff5ff3"];
        uint256[4] memory sizes = [uint256(0), 95, 97, 65_535];
        for (uint256 i; i < codes.length; ++i) {
            _plant(a, codes[i]);
            _refused(a, abi.encodeWithSelector(IFraudProof.KernelSizeMismatch.selector, sizes[i], 96));
        }
    }

    function test_RevertWhen_KernelWordTooLarge() external {
        Attempt memory a = _attempt();
        // MSTORE(32, 2^32), RETURN(0, 96).
        _plant(a, hex"64010000000060205260605ff3");
        _refused(a, abi.encodeWithSelector(IFraudProof.KernelWordTooLarge.selector, 1 << 32));
    }

    function test_RevertWhen_NotDifferent() external {
        Attempt memory a = _attempt();
        uint32 right = uint32(bytes4(_word(a.honest, ID * 3 + WORD)));
        _about(a, a.honest, WORD);
        _refused(a, abi.encodeWithSelector(IFraudProof.NotDifferent.selector, right));
        // Nor are the right words beside a a.wrong one.
        _about(a, a.wrong, WORD + 1);
        right = uint32(bytes4(_word(a.honest, ID * 3 + WORD + 1)));
        _refused(a, abi.encodeWithSelector(IFraudProof.NotDifferent.selector, right));
    }

    // ------------------------------------------------------------------ when the word is a.wrong

    function test_ItSaysBothWordsAndWhereTheCodeIs() external {
        Attempt memory a = _attempt();
        address kernelAt = fraudProof.kernelAddress(a.proof.code);
        assertEq(kernelAt.code.length, 0);
        vm.expectEmit(address(fraudProof));
        emit IFraudProof.KernelDeployed(a.work.codeHash, kernelAt);
        Verdict memory verdict = fraudProof.prove(a.task, a.work, alice, a.root, PRICE, a.proof);
        assertEq(verdict.kernel, kernelAt);
        assertEq(kernelAt.codehash, a.work.codeHash);
        assertEq(verdict.committed, uint32(bytes4(_word(a.wrong, ID * 3 + WORD))));
        assertEq(verdict.computed, uint32(bytes4(_word(a.honest, ID * 3 + WORD))));

        // The same again, brought along or named.
        assertEq(fraudProof.prove(a.task, a.work, alice, a.root, PRICE, a.proof).kernel, kernelAt);
        (a.proof.code, a.proof.kernel) = ("", kernelAt);
        assertEq(fraudProof.prove(a.task, a.work, alice, a.root, PRICE, a.proof).kernel, kernelAt);
    }

    /// @dev Element code runs wherever it is: the hash is what counts.
    function test_ItTakesCodeFromAnywhere() external {
        Attempt memory a = _attempt();
        address elsewhere = makeAddr("elsewhere");
        vm.etch(elsewhere, a.proof.code);
        (a.proof.code, a.proof.kernel) = ("", elsewhere);
        assertEq(fraudProof.prove(a.task, a.work, alice, a.root, PRICE, a.proof).kernel, elsewhere);
    }

    function test_ItWorksInManyWindows() external {
        Attempt memory a = _attempt();
        // Buffer 2 in windows of one leaf each.
        a.proof.windows[2].leaves = 1;
        for (uint32 i = 1; i < 22; ++i) {
            a.proof.windows = _with(a.proof.windows, Window(2, i, 1));
        }
        Verdict memory verdict = fraudProof.prove(a.task, a.work, alice, a.root, PRICE, a.proof);
        assertEq(verdict.computed, uint32(bytes4(_word(a.honest, ID * 3 + WORD))));
    }

    function test_WithAnyGasItProvesTheSameOrReverts() external {
        Attempt memory a = _attempt();
        (a.proof.kernel, a.proof.code) = (fraudProof.deployKernel(a.proof.code), "");
        uint256 proven = _walkGas(a);
        assertGt(proven, 0);
        // An a.honest word is never proven a.wrong.
        _about(a, a.honest, WORD);
        (a.proof.kernel, a.proof.code) = (fraudProof.deployKernel(a.proof.code), "");
        assertEq(_walkGas(a), 0);
    }

    // ------------------------------------------------------------------ inside

    function _walkGas(Attempt memory a) internal returns (uint256 proven) {
        bytes memory call = _call(a);
        uint32 right = uint32(bytes4(_word(a.honest, ID * 3 + WORD)));
        for (uint256 limit = 2000; limit < 400_000; limit += 997) {
            (bool success, bytes memory answer) = address(fraudProof).call{ gas: limit }(call);
            if (!success) {
                assertEq(proven, 0, "what proves with less gas proves with more");
                continue;
            }
            ++proven;
            assertEq(abi.decode(answer, (Verdict)).computed, right);
        }
    }

    function _call(Attempt memory a) internal view returns (bytes memory) {
        return abi.encodeCall(fraudProof.prove, (a.task, a.work, alice, a.root, PRICE, a.proof));
    }

    function _prove(Attempt memory a) internal returns (bool success, bytes memory answer) {
        return address(fraudProof).call(_call(a));
    }

    function _refused(Attempt memory a, bytes memory expected) internal {
        (bool success, bytes memory answer) = _prove(a);
        assertFalse(success);
        assertEq(answer, expected);
    }

    function _refusedForRoot(Attempt memory a) internal {
        (bool success, bytes memory answer) = _prove(a);
        assertFalse(success);
        assertEq(bytes4(answer), IFraudProof.CommittedRootMismatch.selector);
    }

    function _refusedKernel(Attempt memory a, address named, bytes32 hash) internal {
        a.proof.kernel = named;
        _refused(a, abi.encodeWithSelector(IFraudProof.KernelMismatch.selector, named, a.work.codeHash, hash));
    }

    function _refusedWindow(Attempt memory a, uint256 index, Window memory window) internal {
        Window memory before = a.proof.windows[index];
        a.proof.windows[index] = window;
        _refused(a, abi.encodeWithSelector(IFraudProof.WindowOutOfOrder.selector, index));
        a.proof.windows[index] = before;
    }

    function _plant(Attempt memory a, bytes memory code) internal {
        a.work.codeHash = keccak256(code);
        a.proof.code = "";
        a.proof.kernel = fraudProof.deployKernel(code);
    }

    /// @dev The a.proof that shows every leaf but one.
    function _proofWithout(Attempt memory a, uint256 buffer, uint256 leaf) internal view returns (Proof memory) {
        Kernel memory blend = _kernel("blend");
        bool[][] memory shown = new bool[][](3);
        for (uint256 i; i < 3; ++i) {
            shown[i] = new bool[]((blend.inputs[i].length + 127) / 128);
            for (uint256 j; j < shown[i].length; ++j) {
                shown[i][j] = i != buffer || j != leaf;
            }
        }
        return _proofShowing(blend, a.wrong, ID, WORD, shown);
    }

    function _word(bytes memory output, uint256 index) internal pure returns (bytes32 word) {
        assembly {
            word := mload(add(add(output, 32), mul(4, index)))
        }
    }
}
