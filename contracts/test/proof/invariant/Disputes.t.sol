// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";

import { Deploy } from "../../../script/Deploy.s.sol";
import { FraudProof } from "../../../src/FraudProof.sol";
import { Market } from "../../../src/Market.sol";
import { Vault } from "../../../src/Vault.sol";
import { DisputeHandler } from "./DisputeHandler.sol";

/// @notice I8 and I9 of protocol.md, section 9: no call sequence slashes a response whose every element is right, and one
/// with a wrong element can be convicted inside W.
/// forge-config: default.invariant.runs = 12
/// forge-config: default.invariant.depth = 80
contract DisputeInvariantTest is Test {
    uint256 internal constant STAKE = 100 ether;

    Vault internal vault;
    Market internal market;
    DisputeHandler internal handler;
    address internal honest = makeAddr("honest");
    address internal cheat = makeAddr("cheat");

    function setUp() external {
        vm.warp(1_800_000_000);
        vm.roll(1000);
        vm.chainId(1);
        vault = new Vault(48 hours, 7 days, 3 days);
        Deploy script = new Deploy();
        market = new Market(vault, new FraudProof(), script.constants(script.times()));
        _enrol(honest);
        _enrol(cheat);
        handler = new DisputeHandler(market, honest, cheat, makeAddr("client"));
        for (uint256 i; i < 6; ++i) {
            handler.respond(uint256(keccak256(abi.encode(i))) / 3 * 3 + i / 2, i % 2 == 0);
        }
        targetContract(address(handler));
        bytes4[] memory selectors = new bytes4[](6);
        selectors[0] = handler.respond.selector;
        selectors[1] = handler.challenge.selector;
        selectors[2] = handler.lie.selector;
        selectors[3] = handler.noise.selector;
        selectors[4] = handler.mixUp.selector;
        selectors[5] = handler.pass.selector;
        targetSelector(FuzzSelector(address(handler), selectors));
    }

    function invariant_OnlyTheWrongAreConvicted() external view {
        assertEq(handler.wrongful(), 0, "I8: a right response was slashed");
        assertEq(handler.shielded(), 0, "I9: a true proof was refused in time");
        assertEq(market.recordOf(honest).slashed, 0, "I8");
        assertEq(vault.poolOf(honest).assets, STAKE, "I8: the stake of the honest is whole");
        assertEq(market.recordOf(cheat).slashed, handler.convictions(), "I4: a conviction counts once");
        assertEq(vault.poolOf(cheat).assets, STAKE - handler.convictions() * 0.1 ether, "I4: and costs one bond");
    }

    /// @dev What is still inside its window is convicted now, and what is right is tried once more.
    function afterInvariant() external {
        for (uint256 i; i < 6; ++i) {
            handler.respondAnyway(uint256(keccak256(abi.encode("last", i))), i % 2 == 0);
        }
        handler.settleAll();
        this.invariant_OnlyTheWrongAreConvicted();
        for (uint256 i; i < handler.count(); ++i) {
            DisputeHandler.Known memory k = handler.known(i);
            bool slashed = market.shardState(handler.taskId(i), k.shard).slashed;
            assertEq(slashed, k.convicted);
            if (!k.wrong) assertFalse(slashed, "I8");
            else if (block.timestamp < k.settledAt + 48 hours) assertTrue(slashed, "I9");
        }
        // Both kinds reached the element code: nothing above holds for want of trying.
        assertGe(handler.honestRuns(), 3);
        assertGe(handler.cheatRuns(), 6);
        assertGe(handler.convictions(), 3);
        emit log_named_uint("honest words recomputed", handler.honestRuns());
        emit log_named_uint("words of cheats recomputed", handler.cheatRuns());
        emit log_named_uint("convictions", handler.convictions());
    }

    function _enrol(address provider) internal {
        vm.deal(provider, STAKE);
        vm.startPrank(provider);
        vault.deposit{ value: STAKE }(provider);
        vault.setMarket(address(market));
        vault.setLockLimit(1000 ether);
        vault.stake(provider, STAKE, address(market), 10_000);
        vm.stopPrank();
    }
}
