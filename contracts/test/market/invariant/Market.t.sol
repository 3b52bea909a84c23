// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";

import { Deploy } from "../../../script/Deploy.s.sol";
import { FraudProof } from "../../../src/FraudProof.sol";
import { Market } from "../../../src/Market.sol";
import { Vault } from "../../../src/Vault.sol";
import { PoolView } from "../../../src/types/Pool.sol";
import { Record } from "../../../src/types/Record.sol";
import { MoodyVerifier } from "../MoodyVerifier.sol";
import { ClientHandler } from "./ClientHandler.sol";
import { KeeperHandler } from "./KeeperHandler.sol";
import { Ledger } from "./Ledger.sol";
import { ProviderHandler } from "./ProviderHandler.sol";

/// @notice Invariants of protocol.md, section 9, over the real vault and the real market. Every call of the handlers is
/// predicted by the ledger's own telling of the rules, which is I7.
/// forge-config: default.invariant.runs = 24
/// forge-config: default.invariant.depth = 240
contract MarketInvariantTest is Test {
    uint256 internal constant WINDOW = 48 hours;

    Vault internal vault;
    Market internal market;
    Ledger internal ledger;

    function setUp() external {
        vm.warp(1_800_000_000);
        vm.chainId(1);
        vault = new Vault(WINDOW, 7 days, 3 days);
        Deploy script = new Deploy();
        market = new Market(vault, new FraudProof(), script.constants(script.times()));
        address[] memory clients = new address[](2);
        (clients[0], clients[1]) = (address(0xc1), address(0xc2));
        address[] memory providers = new address[](3);
        (providers[0], providers[1], providers[2]) = (address(0xa1), address(0xa2), address(0xa3));
        ledger = new Ledger(vault, market, new MoodyVerifier(), clients, providers);

        _stake(providers[0], providers[0], 100 ether);
        address operator = ledger.OPERATOR();
        vm.prank(providers[0]);
        vault.setOperator(operator, true, 0);
        _stake(providers[1], providers[1], 1 ether);
        vm.prank(providers[1]);
        vault.setCommission(5000);
        _stake(providers[1], ledger.STAKER(), 3 ether);
        // The third provider has no stake at all.

        targetContract(address(new ClientHandler(ledger)));
        targetContract(address(new ProviderHandler(ledger)));
        targetContract(address(new KeeperHandler(ledger)));
    }

    /// @dev One campaign for all of them: a campaign each would take six times as long and see no more. After a call the
    /// task that it acted on is looked at closely, and every task at the end.
    function invariant_OfTheMarket() external view {
        if (ledger.count() != 0) _checkTask(ledger.touched());
        uint256 assets;
        for (uint256 i; i < 3; ++i) {
            assets += _checkPool(ledger.providers(i));
        }
        uint256 balances;
        address[] memory all = ledger.accounts();
        for (uint256 i; i < all.length; ++i) {
            uint256 balance = vault.balanceOf(all[i]);
            assertEq(balance, ledger.balance(all[i]), "I10: nobody moves another's money");
            balances += balance;
        }
        assertEq(balances + assets + ledger.owed(), address(vault).balance, "I1: the vault has what it owes");
        assertEq(vault.balanceOf(address(market)) + address(market).balance, 0, "I2: the market owns nothing itself");
    }

    function _checkTask(uint256 index) internal view {
        Ledger.Known memory k = ledger.known(index);
        assertEq(_escrow(k.id), k.deposit - k.paid - k.returned, "I2: an escrow is what its task still owes");
        assertLe(k.paid + k.returned, k.deposit, "I5: a client gets its escrow less the prices");
        if (k.reclaimed) assertEq(k.paid + k.returned, k.deposit, "I12: what went in came out");
        uint256 paid;
        for (uint32 shard; shard < k.shards; ++shard) {
            paid += ledger.paidPrice(index, shard);
            bytes26 digest = market.shardState(k.id, shard).digest;
            assertEq(digest, ledger.paidDigest(index, shard), "I4: a shard is paid once, to who answered it");
        }
        assertEq(paid, k.paid, "I4: every payment is one shard's");
    }

    function _checkPool(address provider) internal view returns (uint256 assets) {
        PoolView memory pool = vault.poolOf(provider);
        assets = pool.assets;
        assertEq(assets, ledger.assets(provider), "I10: nobody moves another's stake");
        assertEq(pool.held, ledger.held(provider), "I3: what is held is the sum of obligations");
        assertGe(pool.tail, _insideWindow(provider), "I3: what settled inside the window is locked");
        assertLe(pool.held + pool.tail, assets, "I3: every lock is covered");
        Record memory record = market.recordOf(provider);
        assertEq(record.settled, ledger.settled(provider));
        assertEq(record.missed, ledger.missed(provider));
        assertEq(record.earnedWei, ledger.earned(provider));
    }

    /// @dev I6: from here on time and anybody's calls empty every escrow and free every hold.
    function afterInvariant() external {
        for (uint256 i; i < ledger.count(); ++i) {
            _checkTask(i);
        }
        skip(31 days);
        for (uint256 i; i < ledger.count(); ++i) {
            Ledger.Known memory k = ledger.known(i);
            if (!k.reclaimed) {
                market.reclaim(k.task);
                ledger.noteReclaim(i);
            }
            for (uint256 j; j < 3; ++j) {
                _release(i, ledger.providers(j));
            }
            k = ledger.known(i);
            assertEq(_escrow(k.id), 0);
            assertEq(k.paid + k.returned, k.deposit, "I12");
            assertEq(uint8(market.taskState(k.id).reclaimed ? 1 : 0), 1);
        }
        for (uint256 j; j < 3; ++j) {
            PoolView memory pool = vault.poolOf(ledger.providers(j));
            assertEq(pool.held + pool.tail, 0);
        }
    }

    function _release(uint256 index, address provider) internal {
        Ledger.Known memory k = ledger.known(index);
        address keeper = ledger.KEEPER();
        if (ledger.mayWithdraw(index, provider, keeper)) {
            vm.prank(keeper);
            market.withdrawOffer(k.task, provider);
            ledger.noteWithdraw(index, provider);
        } else if (ledger.mayExpire(index, provider)) {
            vm.prank(keeper);
            market.expire(k.task, provider);
            ledger.noteExpire(index, provider, keeper);
        }
    }

    function _insideWindow(address provider) internal view returns (uint256 bonds) {
        for (uint256 i; i < ledger.tailCount(); ++i) {
            Ledger.Tail memory tail = ledger.tails(i);
            if (tail.provider == provider && block.timestamp < tail.settledAt + WINDOW) bonds += tail.bond;
        }
    }

    function _escrow(bytes32 id) internal view returns (uint256 amount) {
        (amount,) = vault.escrowOf(address(market), id);
    }

    function _stake(address provider, address staker, uint256 amount) internal {
        vm.deal(staker, amount);
        vm.startPrank(staker);
        vault.deposit{ value: amount }(staker);
        if (staker == provider) {
            vault.setMarket(address(market));
            vault.setLockLimit(1000 ether);
        }
        vault.stake(provider, amount, address(market), 10_000);
        vm.stopPrank();
        ledger.noteDeposit(staker, amount);
        ledger.noteStake(provider, staker, amount);
    }
}
