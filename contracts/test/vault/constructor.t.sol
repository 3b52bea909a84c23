// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vault } from "../../src/Vault.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { VaultTest } from "./VaultTest.sol";

contract ConstructorTest is VaultTest {
    function test_RevertWhen_ATicketPaysWhileATailMayLive() external {
        vm.expectRevert(abi.encodeWithSelector(IVault.WindowOutOfBounds.selector, W, 2 * W));
        new Vault(W, 2 * W, LIFE);
        vm.expectRevert(abi.encodeWithSelector(IVault.WindowOutOfBounds.selector, 0, 1));
        new Vault(0, 1, LIFE);
    }

    function test_KeepsItsTimes() external view {
        assertEq(vault.WINDOW(), W);
        assertEq(vault.UNBONDING(), U);
        assertEq(vault.TICKET_LIFE(), LIFE);
    }
}
