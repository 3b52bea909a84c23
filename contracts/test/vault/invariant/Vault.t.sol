// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vault } from "../../../src/Vault.sol";
import { PoolView, Ticket } from "../../../src/types/Pool.sol";
import { Ledger } from "./Ledger.sol";
import { VaultHandler } from "./VaultHandler.sol";
import { Test } from "forge-std/Test.sol";

/// @notice Invariants of protocol.md, section 9, as far as they are the vault's alone.
/// forge-config: default.invariant.runs = 16
/// forge-config: default.invariant.depth = 256
contract VaultInvariantTest is Test {
    Vault private vault;
    Ledger private ledger;
    VaultHandler private handler;
    address[] private accounts;
    address[] private providers;

    function setUp() external {
        vm.warp(1_800_000_000);
        vault = new Vault(48 hours, 7 days, 3 days);
        ledger = new Ledger(48 hours);
        vm.recordLogs();
        handler = new VaultHandler(vault, ledger);
        handler.readLogs(vm.getRecordedLogs());
        for (uint256 i; i < handler.accountCount(); ++i) {
            accounts.push(handler.accounts(i));
        }
        providers = [accounts[0], accounts[1]];
        targetContract(address(handler));
        bytes4[] memory views = new bytes4[](1);
        views[0] = VaultHandler.readLogs.selector;
        excludeSelector(FuzzSelector(address(handler), views));
    }

    /// @dev One campaign for all: separate ones would walk the same sequences again.
    function invariant_I1_I3_I11_I14() external view {
        assertOwesWhatItHas();
        assertLocksCoverPromises();
        assertLocksStayWithTheirMarket();
        assertSharesAddUp();
        assertTheLogRebuildsTheState();
    }

    /// @dev I1: what the vault owes is what it has, but for forced money.
    function assertOwesWhatItHas() private view {
        uint256 owed = vault.balanceOf(address(0));
        for (uint256 i; i < accounts.length; ++i) {
            owed += vault.balanceOf(accounts[i]);
        }
        for (uint256 i; i < providers.length; ++i) {
            owed += vault.poolOf(providers[i]).assets;
        }
        for (uint256 i; i < handler.escrowCount(); ++i) {
            (address market, bytes32 id) = handler.escrows(i);
            (uint256 amount,) = vault.escrowOf(market, id);
            owed += amount;
        }
        assertEq(owed + handler.forcedWei(), address(vault).balance, "I1");
    }

    /// @dev I3: every promise is covered by locks, and every lock by assets.
    function assertLocksCoverPromises() private view {
        for (uint256 i; i < providers.length; ++i) {
            PoolView memory pool = vault.poolOf(providers[i]);
            (uint256 held, uint256 slashable) = handler.promised(providers[i]);
            assertEq(pool.held, held, "I3 held");
            assertGe(pool.tail, slashable, "I3 tail");
            assertLe(pool.held + pool.tail, pool.assets, "I3 assets");
        }
    }

    /// @dev I14: a lock stays with the market that made it.
    function assertLocksStayWithTheirMarket() private view {
        for (uint256 i; i < handler.obligationCount(); ++i) {
            (address provider, address market,) = handler.obligations(i);
            assertEq(vault.poolOf(provider).market, market, "I14 market");
        }
    }

    /// @dev Shares and tickets add up, and are worth no more than the pool has.
    function assertSharesAddUp() private view {
        for (uint256 i; i < providers.length; ++i) {
            PoolView memory pool = vault.poolOf(providers[i]);
            uint256 shares;
            uint256 requested;
            uint256 value;
            for (uint256 j; j < accounts.length; ++j) {
                uint256 held = vault.sharesOf(providers[i], accounts[j]);
                shares += held;
                value += vault.valueOf(providers[i], held);
                requested += vault.ticketOf(providers[i], accounts[j]).shares;
            }
            uint256 own = vault.sharesOf(providers[i], providers[i]);
            assertEq(pool.shares, shares);
            assertEq(pool.requestedShares, requested);
            assertEq(pool.ownFreeShares, own - vault.ticketOf(providers[i], providers[i]).shares);
            assertLe(value, pool.assets);
        }
    }

    /// @dev I11: the event log rebuilds every balance, escrow, stake and lock.
    function assertTheLogRebuildsTheState() private view {
        assertEq(ledger.balanceOf(address(0)), vault.balanceOf(address(0)), "I11");
        for (uint256 i; i < accounts.length; ++i) {
            assertEq(ledger.balanceOf(accounts[i]), vault.balanceOf(accounts[i]), "I11");
        }
        for (uint256 i; i < handler.escrowCount(); ++i) {
            (address market, bytes32 id) = handler.escrows(i);
            (uint256 amount,) = vault.escrowOf(market, id);
            assertEq(ledger.escrowOf(market, id), amount, "I11");
        }
        for (uint256 i; i < providers.length; ++i) {
            PoolView memory pool = vault.poolOf(providers[i]);
            assertEq(abi.encode(ledger.poolOf(providers[i])), abi.encode(pool), "I11 pool");
            for (uint256 j; j < accounts.length; ++j) {
                assertEq(ledger.sharesOf(providers[i], accounts[j]), vault.sharesOf(providers[i], accounts[j]), "I11");
                assertEq(
                    ledger.isOperator(providers[i], accounts[j]), vault.isOperator(providers[i], accounts[j]), "I11"
                );
                Ticket memory ticket = vault.ticketOf(providers[i], accounts[j]);
                Ticket memory told = ledger.ticketOf(providers[i], accounts[j]);
                assertEq(told.shares, ticket.shares, "I11 ticket");
                assertEq(told.readyAt, ticket.readyAt, "I11 ticket");
            }
        }
    }

    /// @dev I14, at the end of every run: once obligations end, everybody leaves with everything after U and two windows.
    function afterInvariant() external {
        for (uint256 i; i < handler.obligationCount(); ++i) {
            (address provider, address market, uint256 amount) = handler.obligations(i);
            vm.prank(market);
            vault.free(provider, amount);
        }
        for (uint256 i; i < providers.length; ++i) {
            for (uint256 j; j < accounts.length; ++j) {
                askEverythingBack(providers[i], accounts[j]);
            }
        }
        vm.warp(block.timestamp + vault.UNBONDING());
        uint256 left = vault.balanceOf(address(0)) + handler.forcedWei();
        for (uint256 i; i < providers.length; ++i) {
            for (uint256 j; j < accounts.length; ++j) {
                if (vault.ticketOf(providers[i], accounts[j]).shares == 0) continue;
                vm.prank(accounts[j]);
                vault.unstake(providers[i]);
            }
            PoolView memory pool = vault.poolOf(providers[i]);
            assertEq(pool.shares, 0, "I14 everybody left");
            left += pool.assets;
        }
        closeEverything(left);
    }

    function askEverythingBack(address provider, address account) private {
        vm.startPrank(account);
        if (vault.ticketOf(provider, account).shares != 0) vault.cancelUnstake(provider);
        uint256 shares = vault.sharesOf(provider, account);
        if (shares != 0) vault.requestUnstake(provider, shares);
        vm.stopPrank();
    }

    function closeEverything(uint256 left) private {
        for (uint256 i; i < handler.escrowCount(); ++i) {
            (address market, bytes32 id) = handler.escrows(i);
            vm.prank(market);
            vault.closeEscrow(id, accounts[0]);
        }
        for (uint256 i; i < accounts.length; ++i) {
            uint256 balance = vault.balanceOf(accounts[i]);
            if (balance == 0) continue;
            vm.prank(accounts[i]);
            vault.withdraw(balance, accounts[i]);
        }
        assertEq(address(vault).balance, left, "I1 at the end");
    }
}
