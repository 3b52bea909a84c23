// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../../src/interfaces/IVault.sol";
import { VaultTest } from "../VaultTest.sol";

/// @notice Provider, client and challenger are one, publish fake tasks and convict themselves to take what others stake (I13).
contract RugAttacksTest is VaultTest {
    struct Bond {
        uint256 amount;
        uint256 settledAt;
    }

    Bond[] private bonds;
    uint256 private brought;

    function wealth() private view returns (uint256) {
        return vault.balanceOf(provider) + vault.balanceOf(client) + vault.balanceOf(challenger) + valueOf(provider);
    }

    function test_RugOfStakersThroughAFakeTask() external {
        openPool(10 ether);
        stakeFor(staker, 90 ether);
        hold(20 ether);
        slash(10 ether, 2.5 ether, 0);
        slash(10 ether, 2.5 ether, 0);
        // The stakers lost 10; the coalition lost its 10 and has 8.75 to show for it.
        assertApproxEqAbs(valueOf(staker), 80 ether, 1);
        assertEq(wealth(), 8.75 ether);
    }

    function test_SelfChallenge() external {
        openPool(10 ether);
        hold(10 ether);
        slash(10 ether, 2.5 ether, 0);
        assertLe(wealth(), 5 ether);
    }

    /// @dev Any order of locking, convicting, missing, staking more, taking out and waiting.
    function testFuzz_RugOfStakers(uint256 own, uint256 others, uint256[24] calldata moves) external {
        own = bound(own, 1, 100 ether);
        others = bound(others, 1, 1_000 ether);
        openPool(own);
        stakeFor(staker, others);
        openEscrow(0);
        brought = own;
        for (uint256 i; i < moves.length; ++i) {
            move(moves[i] % 8, moves[i] / 8);
            // One wei a slash may round in anybody's favour.
            assertLe(wealth(), brought + i);
        }
    }

    function move(uint256 kind, uint256 seed) private {
        uint256 lockable = vault.lockableOf(provider);
        if (kind == 0) {
            uint256 more = bound(seed, 1, 10 ether);
            if (pool().shares + 1e6 > 1e12 * (pool().assets + 1)) return;
            if (more * (pool().shares + 1e6) / (pool().assets + 1) == 0) return;
            stakeFor(provider, more);
            brought += more;
        } else if (kind == 1 && lockable != 0) {
            uint256 amount = bound(seed, 1, lockable);
            hold(amount);
            bonds.push(Bond(amount, 0));
        } else if (kind == 2 && lockable != 0) {
            uint256 amount = bound(seed, 1, lockable);
            settle(0, 0, 0, amount);
            bonds.push(Bond(amount, vm.getBlockTimestamp()));
        } else if (kind == 3 || kind == 4) {
            convict(seed);
        } else if (kind == 5) {
            askBack(seed);
        } else if (kind == 6 && vault.ticketOf(provider, provider).shares != 0) {
            if (block.timestamp > ticketOf(provider).readyAt + LIFE) return;
            if (block.timestamp < ticketOf(provider).readyAt) vm.warp(ticketOf(provider).readyAt);
            unstakeFor(provider);
        } else if (kind == 7) {
            skip(bound(seed, 1, W));
        }
    }

    function convict(uint256 seed) private {
        if (bonds.length == 0) return;
        uint256 index = seed % bonds.length;
        Bond memory bond = bonds[index];
        bonds[index] = bonds[bonds.length - 1];
        bonds.pop();
        if (bond.settledAt != 0 && block.timestamp > bond.settledAt + W) return;
        slash(bond.amount, bond.amount / 4, bond.settledAt);
    }

    function askBack(uint256 seed) private {
        if (ticketOf(provider).shares != 0) {
            vm.prank(provider);
            vault.cancelUnstake(provider);
        }
        uint256 shares = vault.sharesOf(provider, provider);
        if (shares != 0) requestFor(provider, bound(seed, 1, shares));
    }

    /// @dev A thief with the operator's key makes the market lock and burn as much as it can.
    function testFuzz_StolenOperatorKey(uint256 limit, uint256[16] calldata moves) external {
        limit = bound(limit, 0, 20 ether);
        openPool(50 ether);
        stakeFor(staker, 50 ether);
        vm.startPrank(provider);
        vault.setOperator(operator, true, 0);
        vault.setLockLimit(limit);
        vm.stopPrank();
        for (uint256 i; i < moves.length; ++i) {
            uint256 lockable = vault.lockableOf(provider);
            if (lockable == 0) break;
            uint256 amount = bound(moves[i], 1, lockable);
            vm.prank(market);
            vault.hold(provider, operator, amount, 0);
            if (moves[i] % 3 == 0) slash(amount, amount / 4, 0);
            else if (moves[i] % 3 == 1) penalise(amount, amount / 5);
        }
        assertGe(pool().assets, 100 ether - limit);

        vm.startPrank(operator);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, operator, 1, 0));
        vault.withdraw(1, operator);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientShares.selector, operator, 1, 0));
        vault.requestUnstake(provider, 1);
        vault.setLockLimit(type(uint72).max);
        assertLe(pool().lockLimit, limit);
    }
}
