// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Handler } from "./Handler.sol";
import { Ledger } from "./Ledger.sol";

/// @notice Time, and what anybody may do when it has passed.
contract KeeperHandler is Handler {
    constructor(Ledger ledger) Handler(ledger) { }

    function pass(uint256 duration, uint256 kind) external {
        uint256 most = kind % 32 == 0 ? 5 days : kind % 8 == 0 ? 20 minutes : 40;
        skip(bound(duration, 1, most));
        vm.roll(block.number + 1);
    }

    function reclaim(uint256 taskSeed) external {
        if (ledger.count() == 0) return;
        uint256 index = taskSeed % ledger.count();
        bool expected = ledger.mayReclaim(index);
        _act(ledger.KEEPER(), abi.encodeCall(market.reclaim, (ledger.known(index).task)), expected);
        if (expected) ledger.noteReclaim(index);
    }

    /// @dev Ends somebody's offer, which anybody may once it cannot be confirmed.
    function withdrawOffer(uint256 seed) external {
        if (ledger.offerCount() == 0) return;
        (uint256 index, address provider) = ledger.offers(seed % ledger.offerCount());
        bool expected = ledger.mayWithdraw(index, provider, ledger.KEEPER());
        _act(ledger.KEEPER(), abi.encodeCall(market.withdrawOffer, (ledger.known(index).task, provider)), expected);
        if (expected) ledger.noteWithdraw(index, provider);
    }

    function expire(uint256 taskSeed, uint256 providerSeed) external {
        if (ledger.count() == 0) return;
        uint256 index = taskSeed % ledger.count();
        for (uint256 i; i < ledger.count() && providerSeed % 8 != 0; ++i) {
            if (ledger.confirmedOf(i) != address(0)) index = i;
        }
        Ledger.Known memory k = ledger.known(index);
        address provider = k.confirmed != address(0) && providerSeed % 4 != 0 ? k.confirmed : _provider(providerSeed);
        bool expected = ledger.mayExpire(index, provider);
        _act(ledger.KEEPER(), abi.encodeCall(market.expire, (k.task, provider)), expected);
        if (expected) ledger.noteExpire(index, provider, ledger.KEEPER());
    }
}
