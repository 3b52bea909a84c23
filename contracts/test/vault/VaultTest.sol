// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vault } from "../../src/Vault.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { PoolView, Ticket } from "../../src/types/Pool.sol";
import { Settlement } from "../../src/types/Settlement.sol";
import { Test } from "forge-std/Test.sol";

/// @notice A vault with production's times and a few accounts. A market is any account here: the vault cannot tell.
abstract contract VaultTest is Test {
    uint256 internal constant W = 48 hours;
    uint256 internal constant U = 7 days;
    uint256 internal constant LIFE = 3 days;
    /// @dev Shares a wei of a pool whose price never moved.
    uint256 internal constant SHARES = 1e6;
    bytes32 internal constant TASK = keccak256("task");

    Vault internal vault;
    address internal market = makeAddr("market");
    address internal provider = makeAddr("provider");
    address internal operator = makeAddr("operator");
    address internal staker = makeAddr("staker");
    address internal client = makeAddr("client");
    address internal challenger = makeAddr("challenger");
    address internal stranger = makeAddr("stranger");

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        vault = new Vault(W, U, LIFE);
    }

    /// @dev Credits `amount` to `account`, from outside.
    function fund(address account, uint256 amount) internal {
        vm.deal(address(this), address(this).balance + amount);
        vault.deposit{ value: amount }(account);
    }

    /// @dev A pool of `own` wei that serves `market` without a limit of its own.
    function openPool(uint256 own) internal {
        vm.startPrank(provider);
        vault.setMarket(market);
        vault.setLockLimit(type(uint72).max);
        vm.stopPrank();
        stakeFor(provider, own);
    }

    function stakeFor(address account, uint256 amount) internal returns (uint256) {
        fund(account, amount);
        vm.prank(account);
        return vault.stake(provider, amount, market, 10_000);
    }

    function requestFor(address account, uint256 shares) internal {
        vm.prank(account);
        vault.requestUnstake(provider, shares);
    }

    function unstakeFor(address account) internal returns (uint256) {
        vm.prank(account);
        return vault.unstake(provider);
    }

    function openEscrow(uint256 amount) internal {
        vm.deal(market, market.balance + amount);
        vm.prank(market);
        vault.openEscrow{ value: amount }(TASK);
    }

    function settlementOf(uint256 price, uint256 refund, uint256 held, uint256 bond)
        internal
        view
        returns (Settlement memory)
    {
        return Settlement(TASK, provider, provider, price, client, refund, held, bond, 0);
    }

    function settle(uint256 price, uint256 refund, uint256 held, uint256 bond) internal {
        vm.prank(market);
        vault.settle(settlementOf(price, refund, held, bond));
    }

    function hold(uint256 amount) internal {
        vm.prank(market);
        vault.hold(provider, provider, amount, 0);
    }

    function slash(uint256 bond, uint256 price, uint256 settledAt) internal {
        vm.prank(market);
        vault.slash(provider, client, challenger, bond, price, settledAt);
    }

    function penalise(uint256 freed, uint256 penalty) internal {
        vm.prank(market);
        vault.penalise(provider, stranger, freed, penalty);
    }

    function pool() internal view returns (PoolView memory) {
        return vault.poolOf(provider);
    }

    function ticketOf(address account) internal view returns (Ticket memory) {
        return vault.ticketOf(provider, account);
    }

    function valueOf(address account) internal view returns (uint256) {
        return vault.valueOf(provider, vault.sharesOf(provider, account));
    }
}
