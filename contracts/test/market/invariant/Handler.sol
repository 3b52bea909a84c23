// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";

import { Market } from "../../../src/Market.sol";
import { Vault } from "../../../src/Vault.sol";
import { Ledger } from "./Ledger.sol";

/// @notice What every handler does: act as somebody, and hold the outcome against the ledger's rules (I7).
abstract contract Handler is Test {
    Ledger internal immutable ledger;
    Market internal immutable market;
    Vault internal immutable vault;

    constructor(Ledger ledger_) {
        ledger = ledger_;
        market = ledger_.MARKET();
        vault = ledger_.VAULT();
    }

    function _act(address caller, bytes memory call, bool expected) internal {
        vm.prank(caller);
        (bool success, bytes memory answer) = address(market).call(call);
        if (success != expected) {
            emit log_named_bytes("call", call);
            emit log_named_bytes("answer", answer);
        }
        assertEq(success, expected, "I7: a transition that the rules do not know, or one refused");
    }

    /// @dev A task of this kind that is not over, most of the time; else any.
    function _pick(uint256 seed, bool race) internal view returns (uint256 index) {
        uint256 count = ledger.count();
        index = (seed >> 8) % count;
        if (seed % 8 == 0) return index;
        for (uint256 i; i < count; ++i) {
            uint256 candidate = (index + i) % count;
            if (ledger.isRace(candidate) == race && block.timestamp < ledger.end(candidate)) return candidate;
        }
    }

    function _provider(uint256 seed) internal view returns (address) {
        return ledger.providers(seed % 3);
    }

    /// @dev `who`, or one time in eight anybody else.
    function _mostly(address who, uint256 seed) internal view returns (address) {
        address[] memory all = ledger.accounts();
        return seed % 8 == 0 ? all[(seed >> 8) % (all.length - 1)] : who;
    }
}
