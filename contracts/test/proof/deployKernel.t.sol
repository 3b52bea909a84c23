// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";

import { FraudProof } from "../../src/FraudProof.sol";
import { IFraudProof } from "../../src/interfaces/IFraudProof.sol";

contract DeployKernelTest is Test {
    FraudProof internal fraudProof = new FraudProof();

    function test_RevertWhen_KernelNotDeployed() external {
        bytes[3] memory codes = [bytes(""), hex"ef", hex"ef0100"];
        for (uint256 i; i < codes.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IFraudProof.KernelNotDeployed.selector, codes[i].length));
            fraudProof.deployKernel(codes[i]);
        }
    }

    function test_ASecondTimeChangesNothing() external {
        address kernel = fraudProof.deployKernel(hex"600160005260206000f3");
        vm.recordLogs();
        assertEq(fraudProof.deployKernel(hex"600160005260206000f3"), kernel);
        assertEq(vm.getRecordedLogs().length, 0);
    }

    /// @dev Money sent ahead does not keep code away.
    function test_AnAddressWithMoneyIsFree() external {
        address kernel = fraudProof.kernelAddress(hex"00");
        vm.deal(kernel, 1 ether);
        assertEq(fraudProof.deployKernel(hex"00"), kernel);
        assertEq(kernel.code, hex"00");
    }

    function testFuzz_TheCodeIsWhatWasGiven(bytes calldata code) external {
        vm.assume(code.length != 0 && code[0] != 0xef);
        address kernel = fraudProof.kernelAddress(code);
        vm.expectEmit(address(fraudProof));
        emit IFraudProof.KernelDeployed(keccak256(code), kernel);
        assertEq(fraudProof.deployKernel(code), kernel);
        assertEq(kernel.code, code);
    }

    function test_TheLongestCode() external {
        bytes memory code = new bytes(24_576);
        code[24_575] = 0x5b;
        assertEq(fraudProof.deployKernel(code).code, code);
    }
}
