// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../../src/interfaces/IVault.sol";
import { Task } from "../../../src/types/Task.sol";
import { MarketFixture } from "../MarketFixture.sol";

/// @notice A provider keeps an offer open for ever, so that its hold keeps other people's stake (I14).
contract FreezeAttacks is MarketFixture {
    address internal victim = makeAddr("victim");
    address internal mallory = makeAddr("mallory");
    Task internal task;

    /// @dev Mallory takes in a staker who accepts no commission, and offers on a task of her own that holds all of the pool. The
    /// escrow comes back.
    function setUp() public override {
        super.setUp();
        _enrol(mallory);
        vm.prank(mallory);
        vault.setCommission(0);
        vm.deal(victim, STAKE);
        vm.startPrank(victim);
        vault.deposit{ value: STAKE }(victim);
        vault.stake(mallory, STAKE, address(market), 0);
        vm.stopPrank();
        task = _job(1);
        task.client = mallory;
        task.maxPrice = 50 ether;
        task.bond = 1000 ether;
        task.deadline = uint64(START + 60);
        task.review = 60;
        task.delivery = 60;
        vm.deal(mallory, 50 ether);
        _publish(task);
        vm.prank(mallory);
        market.offer(task, mallory, 0, "junk", "");
        assertEq(_held(mallory), 2 * STAKE);
    }

    function test_StakersFrozenForEver() external {
        uint256 shares = vault.sharesOf(mallory, victim);
        vm.prank(victim);
        vault.requestUnstake(mallory, shares);
        vm.prank(mallory);
        vault.setCommission(10_000);
        vm.warp(START + 7 days);
        vm.startPrank(victim);
        market.withdrawOffer(task, mallory);
        assertEq(vault.unstake(mallory), STAKE);
        vm.stopPrank();
        assertEq(vault.poolOf(mallory).commissionBps, 0, "out before the commission rose");
    }

    /// @dev What is asked back backs no new lock: she cannot hold it again with the next task.
    function test_HoldingAgainWhatIsAskedBack() external {
        uint256 shares = vault.sharesOf(mallory, victim);
        vm.prank(victim);
        vault.requestUnstake(mallory, shares);
        vm.warp(START + 120);
        vm.prank(victim);
        market.withdrawOffer(task, mallory);
        task.deadline = uint64(block.timestamp + 28 days);
        task.salt = 1;
        vm.deal(mallory, 50 ether);
        _publish(task);
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IVault.LockAboveLimit.selector, mallory, 0, 2 * STAKE, STAKE));
        market.offer(task, mallory, 0, "junk", "");
        assertEq(vault.lockableOf(mallory), STAKE);
    }
}
