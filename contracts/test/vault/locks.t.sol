// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../src/interfaces/IVault.sol";
import { VaultTest } from "./VaultTest.sol";

contract HoldTest is VaultTest {
    function test_RevertWhen_WorkerIsNoOperator() external {
        openPool(1 ether);
        vm.startPrank(market);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, provider, stranger));
        vault.hold(provider, stranger, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, provider, stranger));
        vault.hold(provider, stranger, 0, 0);
    }

    function test_DoesNothingForZero() external {
        vm.prank(stranger);
        vault.hold(provider, provider, 0, 0);
        assertEq(pool().held, 0);
    }

    function test_RevertWhen_PoolServesAnotherMarket() external {
        openPool(1 ether);
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, provider, stranger, market));
        vault.hold(provider, provider, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, provider, stranger, market));
        vault.hold(provider, provider, 0, 1);
    }

    function test_RevertWhen_OwnStakeIsBelowTheLeast() external {
        openPool(1 ether);
        stakeFor(staker, 9 ether);
        vm.startPrank(market);
        vm.expectRevert(abi.encodeWithSelector(IVault.OwnStakeTooSmall.selector, provider, 1 ether, 1 ether + 1 wei));
        vault.hold(provider, provider, 0, 1 ether + 1 wei);
        vault.hold(provider, provider, 1 ether, 1 ether);
        assertEq(pool().held, 1 ether);
    }

    /// @dev The least of: twice the own value under no ticket, the assets less all requested shares, the lock limit.
    function testFuzz_RevertWhen_TheLimitsLeaveLess(
        uint256 own,
        uint256 others,
        uint256 ownAsked,
        uint256 othersAsked,
        uint256 limit
    ) external {
        own = bound(own, 1, 1_000 ether);
        others = bound(others, 1, 1_000 ether);
        ownAsked = bound(ownAsked, 1, own);
        othersAsked = bound(othersAsked, 1, others);
        limit = bound(limit, 0, 2_000 ether);
        openPool(own);
        stakeFor(staker, others);
        requestFor(provider, ownAsked * SHARES);
        requestFor(staker, othersAsked * SHARES);
        vm.prank(provider);
        vault.setLockLimit(limit);

        uint256 most = 2 * (own - ownAsked);
        if (own + others - ownAsked - othersAsked < most) most = own + others - ownAsked - othersAsked;
        if (limit < most) most = limit;
        assertEq(vault.lockableOf(provider), most);
        vm.expectRevert(abi.encodeWithSelector(IVault.LockAboveLimit.selector, provider, 0, most + 1, most));
        hold(most + 1);
        hold(most);
        assertEq(vault.lockableOf(provider), 0);
    }

    function test_CountsTailsUntilTheyLapse() external {
        openPool(1 ether);
        openEscrow(1 ether);
        // The last second of an epoch: the tail lives for W and one second.
        vm.warp((vm.getBlockTimestamp() / W + 1) * W - 1);
        settle(0, 0, 0, 0.4 ether);
        skip(1);
        settle(0, 0, 0, 0.3 ether);
        assertEq(pool().tail, 0.7 ether);
        assertEq(vault.lockableOf(provider), 0.3 ether);
        skip(W - 1);
        assertEq(pool().tail, 0.7 ether);
        skip(1);
        // The second one, of the first second of its epoch, lives for 2W.
        assertEq(pool().tail, 0.3 ether);
        skip(W - 1);
        assertEq(pool().tail, 0.3 ether);
        skip(1);
        assertEq(pool().tail, 0);
        assertEq(vault.lockableOf(provider), 1 ether);
    }

    function testFuzz_ATailLivesForOneToTwoWindows(uint256 settledAt, uint256 later) external {
        openPool(1 ether);
        vm.warp(vm.getBlockTimestamp() + bound(settledAt, 0, 10 * W));
        settle(0, 0, 0, 1 ether);
        later = bound(later, 0, 5 * W);
        skip(later);
        if (later <= W) assertEq(pool().tail, 1 ether);
        if (later >= 2 * W) assertEq(pool().tail, 0);
        assertEq(vault.lockableOf(provider), 1 ether - pool().tail);
    }

    function test_EmitsHeld() external {
        openPool(1 ether);
        vm.expectEmit(address(vault));
        emit IVault.Held(provider, 0.5 ether);
        hold(0.5 ether);
    }
}

contract FreeTest is VaultTest {
    function test_DoesNothingForZero() external {
        vm.prank(stranger);
        vault.free(provider, 0);
        assertEq(pool().held, 0);
    }

    function test_RevertWhen_PoolServesAnotherMarket() external {
        openPool(1 ether);
        hold(1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, provider, stranger, market));
        vm.prank(stranger);
        vault.free(provider, 1 ether);
    }

    function test_RevertWhen_LessIsHeld() external {
        openPool(1 ether);
        hold(1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.HoldTooSmall.selector, provider, type(uint256).max, 1 ether));
        vm.prank(market);
        vault.free(provider, type(uint256).max);
    }

    function test_Frees() external {
        openPool(1 ether);
        hold(1 ether);
        vm.expectEmit(address(vault));
        emit IVault.Freed(provider, 0.75 ether);
        vm.prank(market);
        vault.free(provider, 0.75 ether);
        assertEq(pool().held, 0.25 ether);
        assertEq(vault.lockableOf(provider), 0.75 ether);
    }
}

contract PenaliseTest is VaultTest {
    function test_RevertWhen_ThePenaltyExceedsWhatItFrees() external {
        openPool(1 ether);
        hold(1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.PenaltyAboveFreed.selector, 2, 1));
        penalise(1, 2);
    }

    function test_DoesNothingForZero() external {
        vm.prank(stranger);
        vault.penalise(provider, stranger, 0, 0);
        assertEq(vault.balanceOf(stranger), 0);
    }

    function test_RevertWhen_PoolServesAnotherMarket() external {
        openPool(1 ether);
        hold(1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, provider, stranger, market));
        vm.prank(stranger);
        vault.penalise(provider, stranger, 1 ether, 1 ether);
    }

    function test_RevertWhen_LessIsHeld() external {
        openPool(1 ether);
        hold(0.5 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.HoldTooSmall.selector, provider, 1 ether, 0.5 ether));
        penalise(1 ether, 0.2 ether);
    }

    function test_TakesThePenalty() external {
        openPool(10 ether);
        stakeFor(staker, 10 ether);
        vm.prank(provider);
        vault.setLockLimit(8 ether);
        hold(8 ether);
        vm.expectEmit(address(vault));
        emit IVault.Penalised(provider, stranger, 5 ether, 1 ether + 5 wei, 0.1 ether, (1 ether + 5 wei) * SHARES);
        penalise(5 ether, 1 ether + 5 wei);
        assertEq(pool().held, 3 ether);
        assertEq(pool().assets, 19 ether - 5 wei);
        assertEq(pool().lockLimit, 7 ether - 5 wei);
        assertEq(vault.balanceOf(stranger), 0.1 ether);
        assertEq(vault.balanceOf(address(0)), 0.9 ether + 5 wei);
        assertEq(valueOf(provider), 9 ether - 5 wei);
        assertEq(valueOf(staker), 10 ether);
    }
}

contract SlashTest is VaultTest {
    function setUp() public override {
        super.setUp();
        openPool(10 ether);
        stakeFor(staker, 30 ether);
    }

    function test_RevertWhen_PoolServesAnotherMarket() external {
        hold(8 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, provider, stranger, market));
        vm.prank(stranger);
        vault.slash(provider, client, challenger, 8 ether, 0, 0);
    }

    function test_RevertWhen_TheBondIsZero() external {
        hold(8 ether);
        vm.expectRevert(IVault.ZeroAmount.selector);
        slash(0, 0, 0);
    }

    function test_RevertWhen_ThePriceIsAboveAQuarter() external {
        hold(8 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.PriceAboveShareOfBond.selector, 2 ether + 1 wei, 8 ether));
        slash(8 ether, 2 ether + 1 wei, 0);
        slash(8 ether, 2 ether, 0);
        assertEq(vault.balanceOf(client), 2 ether);
    }

    function test_RevertWhen_LessIsHeld() external {
        hold(8 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.HoldTooSmall.selector, provider, 9 ether, 8 ether));
        slash(9 ether, 0, 0);
    }

    function test_TakesATailFromItsEpoch() external {
        uint256 first = vm.getBlockTimestamp();
        settle(0, 0, 0, 5 ether);
        vm.warp((first / W + 1) * W);
        uint256 second = vm.getBlockTimestamp();
        settle(0, 0, 0, 3 ether);

        vm.expectRevert(abi.encodeWithSelector(IVault.TailTooSmall.selector, provider, second, 4 ether, 3 ether));
        slash(4 ether, 0, second);
        slash(4 ether, 0, first);
        slash(3 ether, 0, second);
        assertEq(pool().tail, 1 ether);
        skip(W);
        assertEq(pool().tail, 0);
    }

    function test_RevertWhen_TheTailLapsedOrIsOfTheFuture() external {
        uint256 settledAt = vm.getBlockTimestamp();
        settle(0, 0, 0, 5 ether);
        uint256 next = (settledAt / W + 1) * W;
        vm.expectRevert(abi.encodeWithSelector(IVault.TailTooSmall.selector, provider, next, 1, 0));
        slash(1, 0, next);
        vm.warp((settledAt / W + 2) * W);
        vm.expectRevert(abi.encodeWithSelector(IVault.TailTooSmall.selector, provider, settledAt, 1, 0));
        slash(1, 0, settledAt);
    }

    function testFuzz_ATailIsSlashableForTheWholeWindow(uint256 settledAt, uint256 later) external {
        settledAt = vm.getBlockTimestamp() + bound(settledAt, 0, 10 * W);
        later = bound(later, 0, W);
        vm.warp(settledAt);
        settle(0, 0, 0, 5 ether);
        vm.warp(settledAt + later);
        // What happens meanwhile does not move it.
        hold(1 ether);
        slash(5 ether, 1 ether, settledAt);
        assertEq(pool().tail, 0);
        assertEq(pool().held, 1 ether);
    }

    function testFuzz_SplitsToTheWei(uint256 bond, uint256 price) external {
        bond = bound(bond, 1, 20 ether);
        price = bound(price, 0, bond / 4);
        hold(bond);
        slash(bond, price, 0);
        uint256 reward = (bond - price) / 4;
        assertEq(vault.balanceOf(client), price);
        assertEq(vault.balanceOf(challenger), reward);
        assertEq(vault.balanceOf(address(0)), bond - price - reward);
        assertEq(pool().assets, 40 ether - bond);
        assertEq(pool().lockLimit, type(uint72).max - bond);
        // First loss: the staker loses what the provider could not carry, and not a wei before.
        assertApproxEqAbs(valueOf(staker), bond < 10 ether ? 30 ether : 40 ether - bond, 1);
    }

    function test_BurnsOwnSharesOfATicketLast() external {
        hold(8 ether);
        requestFor(provider, 6 ether * SHARES);
        vm.expectEmit(address(vault));
        emit IVault.Slashed(provider, client, challenger, 0, 5 ether, 1 ether, 1 ether, 5 ether * SHARES);
        slash(5 ether, 1 ether, 0);
        assertEq(pool().ownFreeShares, 0);
        assertEq(ticketOf(provider).shares, 5 ether * SHARES);
        assertEq(pool().requestedShares, 5 ether * SHARES);
        assertEq(pool().shares, 35 ether * SHARES);
        assertEq(valueOf(staker), 30 ether);
    }

    function test_LetsTheRestFallOnEverybody() external {
        hold(20 ether);
        slash(12 ether, 3 ether, 0);
        assertEq(vault.sharesOf(provider, provider), 0);
        assertEq(pool().shares, 30 ether * SHARES);
        assertApproxEqAbs(valueOf(staker), 28 ether, 1);
        slash(8 ether, 2 ether, 0);
        assertApproxEqAbs(valueOf(staker), 20 ether, 1);
    }

    function test_LowersTheLockLimitToZeroAtMost() external {
        hold(8 ether);
        vm.prank(provider);
        vault.setLockLimit(5 ether);
        slash(8 ether, 0, 0);
        assertEq(pool().lockLimit, 0);
    }
}
