// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../src/interfaces/IVault.sol";
import { Settlement } from "../../src/types/Settlement.sol";
import { VaultTest } from "./VaultTest.sol";

contract SettleTest is VaultTest {
    function test_RevertWhen_WorkerIsNoOperator() external {
        openEscrow(1 ether);
        Settlement memory s = settlementOf(1 ether, 0, 0, 0);
        s.worker = operator;
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, provider, operator));
        vm.prank(market);
        vault.settle(s);
    }

    function test_RevertWhen_EscrowHoldsLess() external {
        openEscrow(1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowTooSmall.selector, market, TASK, 1 ether + 1 wei, 1 ether));
        settle(0.9 ether, 0.1 ether + 1 wei, 0, 0);
    }

    function test_PaysAnyProviderWithoutBond() external {
        openEscrow(1 ether);
        settle(0.25 ether, 0.75 ether, 0, 0);
        assertEq(vault.balanceOf(provider), 0.25 ether);
        assertEq(vault.balanceOf(client), 0.75 ether);
    }

    function test_ReadsNoLockWithoutBond() external {
        openEscrow(1 ether);
        vm.record();
        settle(0.25 ether, 0.75 ether, 0, 0);
        (bytes32[] memory reads, bytes32[] memory writes) = vm.accesses(address(vault));
        // Escrow, the pool's terms, and the balances of provider and client.
        assertEq(distinct(reads), 4);
        assertEq(distinct(writes), 3);
    }

    function test_RevertWhen_PoolServesAnotherMarket() external {
        openPool(10 ether);
        fund(stranger, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, provider, stranger, market));
        vm.prank(stranger);
        vault.settle(settlementOf(0, 0, 0, 1));
    }

    function test_RevertWhen_OwnStakeBelowLeast() external {
        openPool(10 ether);
        openEscrow(1 ether);
        stakeFor(staker, 90 ether);
        Settlement memory s = settlementOf(1 ether, 0, 0, 0);
        s.minOwnStake = 10 ether + 1 wei;
        vm.expectRevert(abi.encodeWithSelector(IVault.OwnStakeTooSmall.selector, provider, 10 ether, 10 ether + 1 wei));
        vm.prank(market);
        vault.settle(s);

        s.minOwnStake = 10 ether;
        vm.prank(market);
        vault.settle(s);
        assertEq(vault.balanceOf(provider), 1 ether);
    }

    function test_RevertWhen_HoldBelowWhatItEnds() external {
        openPool(10 ether);
        openEscrow(1 ether);
        hold(2 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.HoldTooSmall.selector, provider, 3 ether, 2 ether));
        settle(1 ether, 0, 3 ether, 3 ether);
    }

    function test_RevertWhen_ExcessBondAboveLimits() external {
        openPool(10 ether);
        stakeFor(staker, 90 ether);
        openEscrow(1 ether);
        hold(15 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.LockAboveLimit.selector, provider, 15 ether, 5 ether + 1 wei, 20 ether)
        );
        settle(1 ether, 0, 1 ether, 6 ether + 1 wei);
        settle(1 ether, 0, 1 ether, 6 ether);
        assertEq(pool().tail, 6 ether);
    }

    function test_SharesEarnings() external {
        openPool(10 ether);
        vm.prank(provider);
        vault.setCommission(2_500);
        openEscrow(1 ether);
        settle(1 ether - 1 wei, 1 wei, 0, 0);
        // A quarter rounded down; the odd wei is the stakers'.
        assertEq(vault.balanceOf(provider), 0.25 ether - 1 wei);
        assertEq(pool().assets, 10.75 ether);
    }

    function test_PaysProviderWhenPoolIsEmpty() external {
        vm.prank(provider);
        vault.setCommission(0);
        openEscrow(1 ether);
        settle(1 ether, 0, 0, 0);
        assertEq(vault.balanceOf(provider), 1 ether);
        assertEq(pool().assets, 0);
    }

    function test_TurnsHoldIntoTail() external {
        openPool(10 ether);
        openEscrow(1 ether);
        hold(5 ether);
        settle(1 ether, 0, 4 ether, 3 ether);
        assertEq(pool().held, 1 ether);
        assertEq(pool().tail, 3 ether);
        assertEq(vault.lockableOf(provider), 6 ether);
    }

    function test_ChecksNoHoldAgain() external {
        openPool(10 ether);
        openEscrow(1 ether);
        hold(10 ether);
        vm.prank(provider);
        vault.setLockLimit(0);
        requestFor(provider, 10 ether * SHARES);
        settle(1 ether, 0, 10 ether, 10 ether);
        assertEq(pool().tail, 10 ether);
    }

    function test_ReturnsWhenEscrowWasOpened() external {
        openEscrow(1 ether);
        uint256 openedAt = vm.getBlockTimestamp();
        skip(5 hours);
        vm.startPrank(market);
        assertEq(vault.settle(settlementOf(1 ether, 0, 0, 0)), openedAt);
        Settlement memory unknown = settlementOf(0, 0, 0, 0);
        unknown.taskId = keccak256("unknown");
        assertEq(vault.settle(unknown), 0);
    }

    function test_EmitsSettled() external {
        openPool(10 ether);
        vm.prank(provider);
        vault.setCommission(9_000);
        openEscrow(1 ether);
        hold(4 ether);
        vm.expectEmit(address(vault));
        emit IVault.Settled(market, TASK, provider, 0.5 ether, 0.05 ether, client, 0.25 ether, 4 ether, 3 ether);
        settle(0.5 ether, 0.25 ether, 4 ether, 3 ether);
    }

    function testFuzz_SplitsToTheWei(uint256 price, uint256 refund, uint16 commissionBps) external {
        price = bound(price, 0, 1e24);
        refund = bound(refund, 0, 1e24);
        commissionBps = uint16(bound(commissionBps, 0, 10_000));
        openPool(10 ether);
        vm.prank(provider);
        vault.setCommission(commissionBps);
        openEscrow(price + refund);
        settle(price, refund, 0, 0);
        assertEq(vault.balanceOf(provider), price * commissionBps / 10_000);
        assertEq(vault.balanceOf(provider) + pool().assets, price + 10 ether);
        assertEq(vault.balanceOf(client), refund);
        assertEq(address(vault).balance, 10 ether + price + refund);
    }

    function distinct(bytes32[] memory slots) private pure returns (uint256 count) {
        for (uint256 i; i < slots.length; ++i) {
            bool seen;
            for (uint256 j; j < i; ++j) {
                seen = seen || slots[i] == slots[j];
            }
            if (!seen) ++count;
        }
    }
}
