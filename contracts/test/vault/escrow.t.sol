// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../src/interfaces/IVault.sol";
import { VaultTest } from "./VaultTest.sol";

contract OpenEscrowTest is VaultTest {
    function test_RevertWhen_TheIdWasUsed() external {
        openEscrow(1 ether);
        vm.startPrank(market);
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowExists.selector, market, TASK));
        vault.openEscrow(TASK);
        vault.closeEscrow(TASK, client);
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowExists.selector, market, TASK));
        vault.openEscrow(TASK);
    }

    function test_EachMarketHasItsOwnIds() external {
        openEscrow(1 ether);
        vm.deal(stranger, 2 ether);
        vm.prank(stranger);
        vault.openEscrow{ value: 2 ether }(TASK);
        (uint256 amount,) = vault.escrowOf(market, TASK);
        assertEq(amount, 1 ether);
        (amount,) = vault.escrowOf(stranger, TASK);
        assertEq(amount, 2 ether);
    }

    function testFuzz_KeepsTheValueAndTheTime(uint128 value) external {
        vm.deal(market, value);
        vm.expectEmit(address(vault));
        emit IVault.EscrowOpened(market, TASK, value);
        vm.prank(market);
        vault.openEscrow{ value: value }(TASK);
        (uint256 amount, uint256 openedAt) = vault.escrowOf(market, TASK);
        assertEq(amount, value);
        assertEq(openedAt, vm.getBlockTimestamp());
        assertEq(vault.balanceOf(market), 0);
    }
}

contract CloseEscrowTest is VaultTest {
    function test_SendsNothingOfAnEmptyOne() external {
        openEscrow(1 ether);
        vm.startPrank(market);
        assertEq(vault.closeEscrow(keccak256("unknown"), client), 0);
        assertEq(vault.closeEscrow(TASK, client), 1 ether);
        assertEq(vault.closeEscrow(TASK, client), 0);
        assertEq(vault.balanceOf(client), 1 ether);
    }

    function test_SendsNothingOfAnothersEscrow() external {
        openEscrow(1 ether);
        vm.prank(stranger);
        assertEq(vault.closeEscrow(TASK, stranger), 0);
        assertEq(vault.balanceOf(stranger), 0);
    }

    function test_CreditsWhatIsLeft() external {
        openEscrow(1 ether);
        uint256 openedAt = vm.getBlockTimestamp();
        vm.deal(market, 5 ether);
        vm.prank(market);
        vault.openEscrow{ value: 5 ether }(keccak256("another task"));
        settle(0.25 ether, 0, 0, 0);
        skip(1 days);
        vm.expectEmit(address(vault));
        emit IVault.EscrowClosed(market, TASK, client, 0.75 ether);
        vm.prank(market);
        vault.closeEscrow(TASK, client);
        assertEq(vault.balanceOf(client), 0.75 ether);
        (uint256 amount, uint256 seenAt) = vault.escrowOf(market, TASK);
        assertEq(amount, 0);
        assertEq(seenAt, openedAt);
        (amount,) = vault.escrowOf(market, keccak256("another task"));
        assertEq(amount, 5 ether);
    }
}
