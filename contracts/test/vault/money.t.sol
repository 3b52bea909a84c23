// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../src/interfaces/IVault.sol";
import { VaultTest } from "./VaultTest.sol";
import { Errors } from "@openzeppelin/contracts/utils/Errors.sol";

/// @dev Has no way of receiving.
contract Refuser { }

contract DepositTest is VaultTest {
    function test_RevertWhen_NothingIsSent() external {
        vm.expectRevert(IVault.ZeroAmount.selector);
        vault.deposit(client);
    }

    function test_CreditsTheAccountItNames() external {
        vm.deal(stranger, 3 ether);
        vm.prank(stranger);
        vault.deposit{ value: 3 ether }(client);
        assertEq(vault.balanceOf(client), 3 ether);
        assertEq(vault.balanceOf(stranger), 0);
        assertEq(address(vault).balance, 3 ether);
    }

    function test_EmitsDeposited() external {
        vm.expectEmit(address(vault));
        emit IVault.Deposited(address(this), client, 1);
        vault.deposit{ value: 1 }(client);
    }

    function test_RevertWhen_SentWithoutACall() external {
        (bool sent,) = address(vault).call{ value: 1 ether }("");
        assertFalse(sent);
    }
}

contract WithdrawTest is VaultTest {
    function test_RevertWhen_AmountIsZero() external {
        vm.expectRevert(IVault.ZeroAmount.selector);
        vault.withdraw(0, client);
    }

    function test_RevertWhen_BalanceIsSmaller() external {
        fund(client, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, client, 1 ether + 1 wei, 1 ether));
        vm.prank(client);
        vault.withdraw(1 ether + 1 wei, client);
    }

    function test_RevertWhen_ReceiverRefuses() external {
        address refuser = address(new Refuser());
        fund(client, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.TransferFailed.selector, refuser, 1 ether));
        vm.prank(client);
        vault.withdraw(1 ether, refuser);
    }

    function test_RevertWhen_ReceiverIsTheVault() external {
        fund(client, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.TransferFailed.selector, address(vault), 1 ether));
        vm.prank(client);
        vault.withdraw(1 ether, address(vault));
    }

    function testFuzz_SendsTheAmountAndKeepsTheRest(uint256 balance, uint256 amount) external {
        balance = bound(balance, 1, 1e30);
        amount = bound(amount, 1, balance);
        fund(client, balance);
        vm.expectEmit(address(vault));
        emit IVault.Withdrawn(client, stranger, amount);
        vm.prank(client);
        vault.withdraw(amount, stranger);
        assertEq(stranger.balance, amount);
        assertEq(vault.balanceOf(client), balance - amount);
    }
}

contract TransferTest is VaultTest {
    function test_RevertWhen_AmountIsZero() external {
        vm.expectRevert(IVault.ZeroAmount.selector);
        vault.transfer(client, 0);
    }

    function test_RevertWhen_BalanceIsSmaller() external {
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, client, 1, 0));
        vm.prank(client);
        vault.transfer(stranger, 1);
    }

    function test_RevertWhen_ReceiverOpenedAnEscrow() external {
        openEscrow(0);
        fund(client, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.TransferToMarket.selector, market));
        vm.prank(client);
        vault.transfer(market, 1 ether);
    }

    /// @dev Only an account's own act closes it to transfers.
    function test_ReachesAnAccountThatAPoolNames() external {
        openPool(1 ether);
        fund(client, 1 ether);
        vm.prank(client);
        vault.transfer(market, 1 ether);
        assertEq(vault.balanceOf(market), 1 ether);
    }

    function testFuzz_MovesTheAmount(uint256 balance, uint256 amount) external {
        balance = bound(balance, 1, 1e30);
        amount = bound(amount, 1, balance);
        fund(client, balance);
        vm.expectEmit(address(vault));
        emit IVault.Transferred(client, stranger, amount);
        vm.prank(client);
        vault.transfer(stranger, amount);
        assertEq(vault.balanceOf(client), balance - amount);
        assertEq(vault.balanceOf(stranger), amount);
    }

    function test_ChangesNothingTowardsOneself() external {
        fund(client, 2 ether);
        vm.prank(client);
        vault.transfer(client, 2 ether);
        assertEq(vault.balanceOf(client), 2 ether);
    }
}

contract MulticallTest is VaultTest {
    function test_CreditsItsValueOnce() external {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(vault.transfer, (stranger, 1 ether));
        calls[1] = abi.encodeCall(vault.transfer, (challenger, 1 ether));
        vm.deal(client, 3 ether);
        vm.expectEmit(address(vault));
        emit IVault.Deposited(client, client, 3 ether);
        vm.prank(client);
        vault.multicall{ value: 3 ether }(calls);
        assertEq(vault.balanceOf(client), 1 ether);
        assertEq(vault.balanceOf(stranger), 1 ether);
        assertEq(vault.balanceOf(challenger), 1 ether);
    }

    function test_RevertWhen_AnInnerCallDeposits() external {
        vm.deal(client, 1 ether);
        vm.expectRevert(IVault.ZeroAmount.selector);
        vm.prank(client);
        vault.multicall{ value: 1 ether }(one(abi.encodeCall(vault.deposit, (client))));
    }

    function test_OpensAnEscrowWithNothing() external {
        vm.deal(client, 1 ether);
        vm.prank(client);
        vault.multicall{ value: 1 ether }(one(abi.encodeCall(vault.openEscrow, (TASK))));
        (uint256 amount, uint256 openedAt) = vault.escrowOf(client, TASK);
        assertEq(amount, 0);
        assertEq(openedAt, vm.getBlockTimestamp());
        assertEq(vault.balanceOf(client), 1 ether);
    }

    function test_RevertWhen_AnInnerCallReverts() external {
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, client, 5, 0));
        vm.prank(client);
        vault.multicall(one(abi.encodeCall(vault.withdraw, (5, client))));
    }

    function test_RevertWhen_AnInnerCallIsUnknown() external {
        vm.expectRevert(Errors.FailedCall.selector);
        vault.multicall(one(hex"deadbeef"));
        vm.expectRevert(Errors.FailedCall.selector);
        vault.multicall(one(""));
    }

    function test_ActsAsTheOuterCallerWhenNested() external {
        bytes[] memory inner = one(abi.encodeCall(vault.transfer, (stranger, 1 ether)));
        vm.deal(client, 1 ether);
        vm.prank(client);
        vault.multicall{ value: 1 ether }(one(abi.encodeCall(vault.multicall, (inner))));
        assertEq(vault.balanceOf(stranger), 1 ether);
        assertEq(vault.balanceOf(client), 0);
        assertEq(address(vault).balance, 1 ether);
    }

    function test_RegistersAProvider() external {
        bytes[] memory calls = new bytes[](5);
        calls[0] = abi.encodeCall(vault.setMarket, (market));
        calls[1] = abi.encodeCall(vault.setCommission, (9_000));
        calls[2] = abi.encodeCall(vault.setLockLimit, (2 ether));
        calls[3] = abi.encodeCall(vault.stake, (provider, 1 ether, market, 10_000));
        calls[4] = abi.encodeCall(vault.setOperator, (operator, true, 0.1 ether));
        vm.deal(provider, 1.1 ether);
        vm.prank(provider);
        bytes[] memory results = vault.multicall{ value: 1.1 ether }(calls);
        assertEq(abi.decode(results[3], (uint256)), 1 ether * SHARES);
        assertEq(results[4].length, 0);
        assertEq(operator.balance, 0.1 ether);
        assertEq(vault.balanceOf(provider), 0);
        assertEq(vault.lockableOf(provider), 1 ether);
        vault.requireWorker(provider, operator);
    }

    function one(bytes memory call) private pure returns (bytes[] memory calls) {
        calls = new bytes[](1);
        calls[0] = call;
    }
}
