// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vault } from "../../../src/Vault.sol";
import { PoolView, Ticket } from "../../../src/types/Pool.sol";
import { Settlement } from "../../../src/types/Settlement.sol";
import { Ledger } from "./Ledger.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { Test } from "forge-std/Test.sol";
import { VmSafe } from "forge-std/Vm.sol";

/// @notice Does everything that accounts and two markets can do to a vault, within what it admits, and remembers what the
/// markets promised. Each call is read into the ledger, and checked to leave the others' money alone.
contract VaultHandler is Test {
    struct Obligation {
        address provider;
        address market;
        uint256 amount;
    }

    struct Response {
        address provider;
        address market;
        uint256 bond;
        uint256 settledAt;
    }

    struct EscrowKey {
        address market;
        bytes32 id;
    }

    Vault public immutable VAULT;
    Ledger public immutable LEDGER;

    /// @dev The first two are providers; everybody stakes.
    address[] public accounts;
    address[] public markets;
    Obligation[] public obligations;
    Response[] public responses;
    EscrowKey[] public escrows;
    uint256 public forcedWei;

    /// @dev Worth of each account before a call: balance, then stake in each pool.
    mapping(address account => uint256) private balanceBefore;
    mapping(address provider => mapping(address account => uint256)) private stakeBefore;

    constructor(Vault vault, Ledger ledger) {
        VAULT = vault;
        LEDGER = ledger;
        accounts = [makeAddr("provider 0"), makeAddr("provider 1"), makeAddr("staker 0"), makeAddr("staker 1")];
        markets = [makeAddr("market 0"), makeAddr("market 1")];
        vm.deal(address(this), type(uint128).max);
        for (uint256 i; i < 2; ++i) {
            vm.startPrank(accounts[i]);
            vault.setMarket(markets[i]);
            vault.setLockLimit(type(uint72).max);
            vm.stopPrank();
            for (uint256 j; j < accounts.length; ++j) {
                vault.deposit{ value: 200 ether }(accounts[j]);
                vm.prank(accounts[j]);
                vault.stake(accounts[i], j == i ? 40 ether : 20 ether, markets[i], 10_000);
            }
        }
    }

    // ------------------------------------------------------------------ around each call

    /// @dev `actor`'s call costs nobody else anything; zero: a market's loss, which may.
    modifier seen(address actor) {
        for (uint256 i; i < accounts.length; ++i) {
            balanceBefore[accounts[i]] = VAULT.balanceOf(accounts[i]);
            for (uint256 p; p < 2; ++p) {
                stakeBefore[accounts[p]][accounts[i]] = stakeValue(accounts[p], accounts[i]);
            }
        }
        vm.recordLogs();
        _;
        VmSafe.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(VAULT)) LEDGER.read(logs[i]);
        }
        for (uint256 i; i < accounts.length; ++i) {
            if (accounts[i] == actor) continue;
            assertGe(VAULT.balanceOf(accounts[i]), balanceBefore[accounts[i]], "I10 balance");
            for (uint256 p; p < 2 && actor != address(0); ++p) {
                assertGe(stakeValue(accounts[p], accounts[i]), stakeBefore[accounts[p]][accounts[i]], "I10 stake");
            }
        }
        vm.stopPrank();
    }

    /// @dev What setting up did before anybody watched.
    function readLogs(VmSafe.Log[] memory logs) external {
        for (uint256 i; i < logs.length; ++i) {
            LEDGER.read(logs[i]);
        }
    }

    function stakeValue(address provider, address account) private view returns (uint256) {
        return VAULT.valueOf(provider, VAULT.sharesOf(provider, account));
    }

    function accountOf(uint256 seed) private view returns (address) {
        return accounts[seed % accounts.length];
    }

    function providerOf(uint256 seed) private view returns (address) {
        return accounts[seed % 2];
    }

    // ------------------------------------------------------------------ accounts

    function deposit(uint256 to, uint256 amount) external seen(accountOf(to)) {
        VAULT.deposit{ value: bound(amount, 1, 50 ether) }(accountOf(to));
    }

    function withdraw(uint256 from, uint256 amount) external seen(accountOf(from)) {
        uint256 balance = VAULT.balanceOf(accountOf(from));
        if (balance == 0) return;
        vm.prank(accountOf(from));
        VAULT.withdraw(bound(amount, 1, balance), accountOf(from));
    }

    function transfer(uint256 from, uint256 to, uint256 amount) external seen(accountOf(from)) {
        uint256 balance = VAULT.balanceOf(accountOf(from));
        if (balance == 0) return;
        vm.prank(accountOf(from));
        VAULT.transfer(accountOf(to), bound(amount, 1, balance));
    }

    /// @dev A provider in its own pool every other time, so that slashes do not end all locking.
    function stake(uint256 seed, uint256 from, uint256 amount, bool own) external {
        stakeOf(providerOf(seed), own ? providerOf(seed) : accountOf(from), amount);
    }

    function stakeOf(address provider, address staker, uint256 amount) private seen(staker) {
        PoolView memory pool = VAULT.poolOf(provider);
        amount = bound(amount, 1, 30 ether);
        if (pool.shares + 1e6 > 1e12 * (pool.assets + 1)) return;
        if (amount * (pool.shares + 1e6) / (pool.assets + 1) == 0) return;
        if (pool.nextMarketAt != 0 && staker != provider) return;
        if (VAULT.balanceOf(staker) < amount) VAULT.deposit{ value: amount }(staker);
        vm.prank(staker);
        VAULT.stake(provider, amount, pool.market, 10_000);
    }

    function requestUnstake(uint256 seed, uint256 from, uint256 shares) external seen(accountOf(from)) {
        address provider = providerOf(seed);
        uint256 available = VAULT.sharesOf(provider, accountOf(from));
        if (VAULT.ticketOf(provider, accountOf(from)).shares != 0 || available == 0) return;
        vm.prank(accountOf(from));
        VAULT.requestUnstake(provider, bound(shares, 1, available));
    }

    function cancelUnstake(uint256 seed, uint256 from) external seen(accountOf(from)) {
        address provider = providerOf(seed);
        if (VAULT.ticketOf(provider, accountOf(from)).shares == 0) return;
        vm.prank(accountOf(from));
        VAULT.cancelUnstake(provider);
    }

    /// @dev The first open ticket from `seed` on: paid once it is ripe, taken back once it lapsed.
    function unstake(uint256 seed) external {
        for (uint256 i; i < 2 * accounts.length; ++i) {
            uint256 pair = seed % (2 * accounts.length) + i;
            if (VAULT.ticketOf(providerOf(pair), accountOf(pair / 2)).shares == 0) continue;
            unstakeOf(providerOf(pair), accountOf(pair / 2));
            return;
        }
    }

    function unstakeOf(address provider, address staker) private seen(staker) {
        Ticket memory ticket = VAULT.ticketOf(provider, staker);
        if (block.timestamp < ticket.readyAt) vm.warp(ticket.readyAt);
        vm.startPrank(staker);
        if (block.timestamp >= ticket.readyAt + VAULT.TICKET_LIFE()) {
            VAULT.cancelUnstake(provider);
            return;
        }
        VAULT.unstake(provider);
        PoolView memory pool = VAULT.poolOf(provider);
        if (staker == provider) {
            assertGe(2 * stakeValue(provider, provider), pool.held + pool.tail, "own stake left its locks");
        }
    }

    function setCommission(uint256 seed, uint256 commissionBps) external seen(providerOf(seed)) {
        vm.prank(providerOf(seed));
        VAULT.setCommission(uint16(bound(commissionBps, 0, 10_000)));
    }

    function setMarket(uint256 seed, uint256 target) external seen(providerOf(seed)) {
        address provider = providerOf(seed);
        address market = markets[target % 2];
        PoolView memory pool = VAULT.poolOf(provider);
        bool othersStake = pool.shares != VAULT.sharesOf(provider, provider);
        bool announced = pool.nextMarketAt != 0 && pool.nextMarket == market;
        if (market != pool.market) {
            if (othersStake && announced && block.timestamp < pool.nextMarketAt) return;
            if ((announced || !othersStake) && pool.held + pool.tail != 0) return;
        }
        vm.prank(provider);
        VAULT.setMarket(market);
    }

    function setLockLimit(uint256 seed, uint256 limit) external seen(providerOf(seed)) {
        vm.prank(providerOf(seed));
        VAULT.setLockLimit(bound(limit, 20 ether, type(uint72).max));
    }

    function setOperator(uint256 seed, uint256 operator, bool allowed, uint256 float) external seen(providerOf(seed)) {
        uint256 balance = VAULT.balanceOf(providerOf(seed));
        vm.prank(providerOf(seed));
        VAULT.setOperator(accountOf(operator), allowed, bound(float, 0, balance));
    }

    // ------------------------------------------------------------------ markets

    function hold(uint256 seed, uint256 amount) external seen(address(this)) {
        address provider = providerOf(seed);
        address market = VAULT.poolOf(provider).market;
        uint256 lockable = VAULT.lockableOf(provider);
        if (lockable == 0) return;
        amount = bound(amount, 1, Math.ceilDiv(lockable, 3));
        vm.prank(market);
        VAULT.hold(provider, provider, amount, 0);
        obligations.push(Obligation(provider, market, amount));
    }

    function free(uint256 index) external seen(address(this)) {
        if (obligations.length == 0) return;
        Obligation memory ended = endObligation(index);
        vm.prank(ended.market);
        VAULT.free(ended.provider, ended.amount);
    }

    function settle(uint256 seed, uint256 price, uint256 refund, uint256 rest, uint256 bond)
        external
        seen(address(this))
    {
        Settlement memory s;
        s.provider = s.worker = providerOf(seed);
        s.price = bound(price, 0, 10 ether);
        s.refund = bound(refund, 0, 10 ether);
        s.client = accountOf(refund);
        s.bond = bound(bond, 0, VAULT.lockableOf(s.provider) / 3);
        pay(s, VAULT.poolOf(s.provider).market, bound(rest, 0, 1 ether));
    }

    function settleHeld(uint256 index, uint256 price, uint256 rest, uint256 bond) external seen(address(this)) {
        if (obligations.length == 0) return;
        Obligation memory ended = endObligation(index);
        Settlement memory s;
        s.provider = s.worker = ended.provider;
        s.price = bound(price, 0, 10 ether);
        s.held = ended.amount;
        s.bond = bound(bond, 0, ended.amount + VAULT.lockableOf(ended.provider));
        pay(s, ended.market, bound(rest, 0, 1 ether));
    }

    function closeEscrow(uint256 index, uint256 to) external seen(address(this)) {
        if (escrows.length == 0) return;
        EscrowKey memory key = escrows[index % escrows.length];
        vm.prank(key.market);
        VAULT.closeEscrow(key.id, accountOf(to));
    }

    function penalise(uint256 index, uint256 penalty, uint256 keeper) external seen(address(0)) {
        if (obligations.length == 0) return;
        Obligation memory ended = endObligation(index);
        vm.prank(ended.market);
        VAULT.penalise(ended.provider, accountOf(keeper), ended.amount, bound(penalty, 0, ended.amount));
    }

    function slashHeld(uint256 index, uint256 price, uint256 to) external seen(address(0)) {
        if (obligations.length == 0) return;
        Obligation memory ended = endObligation(index);
        slash(ended.market, ended.provider, ended.amount, price, to, 0);
    }

    /// @dev The first response from `seed` on whose window is open; the others are forgotten.
    function slashTail(uint256 seed, uint256 price, uint256 to) external seen(address(0)) {
        while (responses.length != 0) {
            uint256 index = seed % responses.length;
            Response memory response = responses[index];
            responses[index] = responses[responses.length - 1];
            responses.pop();
            if (block.timestamp > response.settledAt + VAULT.WINDOW()) continue;
            slash(response.market, response.provider, response.bond, price, to, response.settledAt);
            return;
        }
    }

    // ------------------------------------------------------------------ the rest of the world

    function wait_(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 1 days));
    }

    function force(uint256 amount) external {
        amount = bound(amount, 1, 1 ether);
        forcedWei += amount;
        vm.deal(address(VAULT), address(VAULT).balance + amount);
    }

    // ------------------------------------------------------------------ inside

    function pay(Settlement memory s, address market, uint256 rest) private {
        s.taskId = bytes32(escrows.length + 1);
        escrows.push(EscrowKey(market, s.taskId));
        uint256 value = s.price + s.refund + rest;
        vm.deal(market, value);
        vm.startPrank(market);
        VAULT.openEscrow{ value: value }(s.taskId);
        VAULT.settle(s);
        vm.stopPrank();
        if (s.bond != 0) responses.push(Response(s.provider, market, s.bond, block.timestamp));
    }

    /// @dev What others stake is worth no wei less until the provider's own stake is gone.
    function slash(address market, address provider, uint256 bond, uint256 price, uint256 to, uint256 settledAt)
        private
    {
        vm.prank(market);
        VAULT.slash(provider, accountOf(to), accountOf(to / 4), bond, bound(price, 0, bond / 4), settledAt);
        if (VAULT.sharesOf(provider, provider) == 0) return;
        for (uint256 i; i < accounts.length; ++i) {
            if (accounts[i] == provider) continue;
            assertGe(stakeValue(provider, accounts[i]), stakeBefore[provider][accounts[i]], "first loss");
        }
    }

    function endObligation(uint256 index) private returns (Obligation memory ended) {
        index %= obligations.length;
        ended = obligations[index];
        obligations[index] = obligations[obligations.length - 1];
        obligations.pop();
    }

    /// @dev Bonds that the vault must be able to take now: open obligations, and responses inside their window.
    function promised(address provider) external view returns (uint256 held, uint256 slashable) {
        for (uint256 i; i < obligations.length; ++i) {
            if (obligations[i].provider == provider) held += obligations[i].amount;
        }
        for (uint256 i; i < responses.length; ++i) {
            Response memory response = responses[i];
            bool open = block.timestamp <= response.settledAt + VAULT.WINDOW();
            if (response.provider == provider && open) slashable += response.bond;
        }
    }

    function accountCount() external view returns (uint256) {
        return accounts.length;
    }

    function obligationCount() external view returns (uint256) {
        return obligations.length;
    }

    function escrowCount() external view returns (uint256) {
        return escrows.length;
    }

    /// @dev Withdrawn money and gas floats come back.
    receive() external payable { }
}
