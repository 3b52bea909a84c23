// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";

import { Merkle } from "../../src/libraries/Merkle.sol";
import { NaiveMerkle } from "./NaiveMerkle.sol";

contract MerkleTest is Test {
    /// @dev The root, computed where memory is full of ones.
    function rootOf(bytes calldata data) external pure returns (bytes32 root) {
        bytes32 kept = keccak256("kept");
        bytes memory before = abi.encode(kept);
        assembly ("memory-safe") {
            let free := mload(0x40)
            for { let i := 0 } lt(i, 17000) { i := add(i, 32) } { mstore(add(free, i), not(0)) }
        }
        root = Merkle.rootOf(data);
        assertEq(abi.decode(before, (bytes32)), kept);
    }

    function test_EverySizeOfAFewLeaves() external {
        for (uint256 size = 1; size <= 5 * 128 + 1; size += 3) {
            bytes memory data = vm.randomBytes(size);
            assertEq(this.rootOf(data), NaiveMerkle.rootOf(data));
        }
    }

    function testFuzz_AnySize(uint256 size) external {
        bytes memory data = vm.randomBytes(bound(size, 1, 16 * 1024));
        assertEq(this.rootOf(data), NaiveMerkle.rootOf(data));
    }
}
