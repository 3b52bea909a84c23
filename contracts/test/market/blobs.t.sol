// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";

import { Blobs } from "../../src/Blobs.sol";
import { IBlobs } from "../../src/interfaces/IBlobs.sol";

contract BlobsTest is Test {
    Blobs internal blobs = new Blobs();

    function test_RevertWhen_TheBytesAreTooMany() external {
        vm.expectRevert(abi.encodeWithSelector(IBlobs.BlobTooLarge.selector, 24 * 1024 + 1, 24 * 1024));
        blobs.put(new bytes(24 * 1024 + 1));
    }

    function testFuzz_TheDigestIsTheContractsOwn(uint256 size) external {
        bytes memory data = vm.randomBytes(bound(size, 0, 24 * 1024));
        vm.expectEmit(address(blobs));
        emit IBlobs.Put(keccak256(data), data);
        assertEq(blobs.put(data), keccak256(data));
    }
}
