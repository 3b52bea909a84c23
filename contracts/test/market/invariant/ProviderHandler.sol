// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Response } from "../../../src/types/Response.sol";
import { Answers } from "../Answers.sol";
import { Handler } from "./Handler.sol";
import { Ledger } from "./Ledger.sol";

/// @notice Commits, offers and responds, as the provider, as its operator, sometimes as somebody who may not.
contract ProviderHandler is Handler {
    struct Commit {
        uint256 index;
        uint256 providerSeed;
        uint256 shardSeed;
    }

    Commit[] internal _commits;

    constructor(Ledger ledger) Handler(ledger) { }

    function commit(uint256 taskSeed, uint256 providerSeed, uint256 callerSeed, uint256 shardSeed) external {
        if (ledger.count() == 0) return;
        (uint256 index, Ledger.Known memory k, address provider, address caller) =
            _setting(_pick(taskSeed, true), providerSeed, callerSeed);
        (, bytes32 root,) = _answer(k, provider, shardSeed);
        bool expected = ledger.mayCommit(index, provider, caller);
        _act(caller, abi.encodeCall(market.commit, (k.task, provider, root)), expected);
        if (!expected) return;
        ledger.noteCommit(index, provider, root);
        _commits.push(Commit(index, providerSeed, shardSeed));
    }

    /// @dev Opens one of the newest commitments, most of the time.
    function respondFirst(uint256 taskSeed, uint256 providerSeed, uint256 callerSeed, uint256 shardSeed) external {
        if (ledger.count() == 0) return;
        uint256 chosen = _pick(taskSeed, true);
        if (_commits.length != 0 && taskSeed % 8 != 0) {
            uint256 newest = _commits.length < 4 ? _commits.length : 4;
            Commit memory known = _commits[_commits.length - 1 - taskSeed / 8 % newest];
            (chosen, providerSeed) = (known.index, known.providerSeed);
            // The same leaf or tree; of a tree any shard.
            shardSeed = known.shardSeed % 2 == 0 ? shardSeed / 2 * 2 : known.shardSeed;
        }
        (uint256 index, Ledger.Known memory k, address provider, address caller) =
            _setting(chosen, providerSeed, callerSeed);
        if (!ledger.isRace(index)) return;
        (Response memory response, bytes32 root, bool tree) = _answer(k, provider, shardSeed);
        bool expected = ledger.mayRespondFirst(index, provider, caller, response.shard, root);
        _act(caller, abi.encodeCall(market.respond, (k.task, response)), expected);
        if (expected) ledger.noteFirst(index, provider, response.shard, root, tree);
    }

    function deliver(uint256 taskSeed, uint256 providerSeed, uint256 callerSeed, uint256 shardSeed) external {
        if (ledger.count() == 0) return;
        uint256 chosen = _pick(taskSeed, false);
        for (uint256 i; i < ledger.count() && taskSeed % 8 != 0; ++i) {
            if (ledger.confirmedOf(i) != address(0)) chosen = i;
        }
        (uint256 index, Ledger.Known memory k, address provider, address caller) =
            _setting(chosen, providerSeed, callerSeed);
        if (ledger.isRace(index)) return;
        if (k.confirmed != address(0) && providerSeed % 8 != 0) (provider, caller) = (k.confirmed, k.confirmed);
        (Response memory response,, bool tree) = _answer(k, provider, shardSeed % 8 == 1 ? 1 : shardSeed / 2 * 2);
        // Offers commit to the tree of all shards; a leaf of its own opens them only where there is one shard.
        bool expected = (tree || k.shards == 1) && ledger.mayDeliver(index, provider, caller, response.shard);
        _act(caller, abi.encodeCall(market.respond, (k.task, response)), expected);
        if (expected) ledger.noteDeliver(index, provider, response.shard);
    }

    /// @dev Somebody sends another's answer as its own.
    function copy(uint256 taskSeed, uint256 providerSeed, uint256 shardSeed) external {
        if (ledger.count() == 0) return;
        (, Ledger.Known memory k, address provider,) = _setting(_pick(taskSeed, taskSeed % 2 == 0), providerSeed, 1);
        (Response memory response,,) = _answer(k, _provider(providerSeed / 3), shardSeed);
        if (response.provider == provider) return;
        response.provider = provider;
        _act(provider, abi.encodeCall(market.respond, (k.task, response)), false);
    }

    function offer(uint256 taskSeed, uint256 providerSeed, uint256 callerSeed, uint256 ask) external {
        if (ledger.count() == 0) return;
        (uint256 index, Ledger.Known memory k, address provider, address caller) =
            _setting(_pick(taskSeed, false), providerSeed, callerSeed);
        if (provider == ledger.providers(2) && taskSeed % 4 != 0) return;
        ask = bound(ask, 0, uint256(k.task.maxPrice) + k.task.maxPrice / 8);
        (, bytes32 root) = Answers.toAll(k.id, provider, k.shards);
        bool expected = ledger.mayOffer(index, provider, caller, ask);
        _act(caller, abi.encodeCall(market.offer, (k.task, provider, ask, root, "")), expected);
        if (expected) ledger.noteOffer(index, provider, ask);
    }

    function withdrawOffer(uint256 taskSeed, uint256 providerSeed, uint256 callerSeed) external {
        // Seldom, or none would be confirmed.
        if (ledger.count() == 0 || callerSeed % 4 != 0) return;
        (uint256 index, Ledger.Known memory k, address provider, address caller) =
            _setting(_pick(taskSeed, false), providerSeed, callerSeed);
        bool expected = ledger.mayWithdraw(index, provider, caller);
        _act(caller, abi.encodeCall(market.withdrawOffer, (k.task, provider)), expected);
        if (expected) ledger.noteWithdraw(index, provider);
    }

    /// @dev Stake comes and goes while work is under way.
    function requestUnstake(uint256 providerSeed, uint256 shares) external {
        address provider = _provider(providerSeed);
        uint256 own = vault.poolOf(provider).ownFreeShares;
        if (own == 0 || vault.ticketOf(provider, provider).shares != 0) return;
        vm.prank(provider);
        vault.requestUnstake(provider, bound(shares, 1, own));
    }

    function unstake(uint256 providerSeed) external {
        address provider = _provider(providerSeed);
        vm.prank(provider);
        try vault.unstake(provider) returns (uint256 amount) {
            ledger.noteUnstake(provider, provider, amount);
        } catch { }
    }

    function stakeAgain(uint256 providerSeed, uint256 amount) external {
        address provider = _provider(providerSeed);
        uint256 most = vault.balanceOf(provider);
        if (most < 1 gwei || provider == ledger.providers(2)) return;
        amount = bound(amount, 1 gwei, most);
        vm.prank(provider);
        vault.stake(provider, amount, address(market), 10_000);
        ledger.noteStake(provider, provider, amount);
    }

    function _setting(uint256 chosen, uint256 providerSeed, uint256 callerSeed)
        internal
        view
        returns (uint256 index, Ledger.Known memory k, address provider, address caller)
    {
        index = chosen;
        k = ledger.known(index);
        provider = _provider(providerSeed);
        caller = provider == ledger.providers(0) && callerSeed % 2 == 0 ? ledger.OPERATOR() : provider;
        caller = _mostly(caller, callerSeed >> 1);
    }

    /// @dev `root` is what the answer opens: the tree over all shards, or its own leaf.
    function _answer(Ledger.Known memory k, address provider, uint256 seed)
        internal
        pure
        returns (Response memory response, bytes32 root, bool tree)
    {
        uint32 shard = uint32((seed >> 8) % k.shards);
        Response[] memory all;
        (all, root) = Answers.toAll(k.id, provider, k.shards);
        response = all[shard];
        tree = seed % 2 == 0 && k.shards > 1;
        if (!tree) {
            response.path = new bytes32[](0);
            root = Answers.leafOf(k.id, response);
        }
    }
}
