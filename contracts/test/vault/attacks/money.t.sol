// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vault } from "../../../src/Vault.sol";
import { IVault } from "../../../src/interfaces/IVault.sol";
import { Settlement } from "../../../src/types/Settlement.sol";
import { VaultTest } from "../VaultTest.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { stdError } from "forge-std/StdError.sol";

/// @dev Calls the vault again with `again` whenever money arrives, as often as it can.
contract Reentrant {
    Vault private immutable VAULT;
    bytes private again;
    uint256 public entered;

    constructor(Vault vault) {
        VAULT = vault;
    }

    function attack(bytes calldata call, bytes calldata again_) external {
        again = again_;
        (bool done,) = address(VAULT).call(call);
        require(done, "the first call");
    }

    receive() external payable {
        if (entered == 3) return;
        ++entered;
        (bool done,) = address(VAULT).call(again);
        done;
    }
}

/// @dev Forces its money on `to`.
contract Forcer {
    constructor(address payable to) payable {
        selfdestruct(to);
    }
}

/// @notice Attacks of protocol.md, section 10, that go for balances and escrows.
contract MoneyAttacksTest is VaultTest {
    function reenter(bytes memory call, bytes memory again) private returns (Reentrant thief) {
        thief = new Reentrant(vault);
        fund(address(thief), 1 ether);
        fund(client, 10 ether);
        thief.attack(call, again);
        assertEq(address(thief).balance + vault.balanceOf(address(thief)), 1 ether);
        assertEq(address(vault).balance, 10 ether + vault.balanceOf(address(thief)));
        assertGt(thief.entered(), 0);
    }

    function test_ReentrancyOnWithdraw() external {
        address thief = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        bytes memory once = abi.encodeCall(vault.withdraw, (1 ether, thief));
        reenter(once, once);
        assertEq(thief.balance, 1 ether);
    }

    function test_ReentrancyOnWithdrawInCrumbs() external {
        address thief = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        bytes memory crumb = abi.encodeCall(vault.withdraw, (0.3 ether, thief));
        reenter(crumb, crumb);
        assertEq(thief.balance, 0.9 ether);
    }

    function test_ReentrancyOnAnOperatorsFloat() external {
        address thief = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        reenter(
            abi.encodeCall(vault.setOperator, (thief, true, 1 ether)), abi.encodeCall(vault.withdraw, (1 ether, thief))
        );
        assertEq(thief.balance, 1 ether);
    }

    function test_ReentrancyFromAMulticall() external {
        address thief = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(vault.withdraw, (0.5 ether, thief));
        calls[1] = abi.encodeCall(vault.withdraw, (0.1 ether, thief));
        reenter(abi.encodeCall(vault.multicall, (calls)), abi.encodeCall(vault.withdraw, (0.1 ether, thief)));
    }

    function test_MulticallValueReuse() external {
        fund(client, 10 ether);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(vault.deposit, (stranger));
        calls[1] = abi.encodeCall(vault.deposit, (stranger));
        vm.deal(stranger, 1 ether);
        vm.startPrank(stranger);
        vm.expectRevert(IVault.ZeroAmount.selector);
        vault.multicall{ value: 1 ether }(calls);

        calls[0] = abi.encodeCall(vault.openEscrow, (TASK));
        calls[1] = abi.encodeCall(vault.closeEscrow, (TASK, stranger));
        vault.multicall{ value: 1 ether }(calls);
        assertEq(vault.balanceOf(stranger), 1 ether);
    }

    /// @dev The caller rides behind the arguments: no inner call can put another one there.
    function test_PosingAsAnotherInAMulticall() external {
        fund(client, 10 ether);
        bytes[] memory calls = new bytes[](1);
        bytes memory theft = abi.encodeCall(vault.transfer, (stranger, 10 ether));
        vm.startPrank(stranger);
        calls[0] = bytes.concat(theft, bytes20(client));
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, stranger, 10 ether, 0));
        vault.multicall(calls);

        // The last argument cut short, so that the appended bytes are read as its end.
        calls[0] = new bytes(theft.length - 20);
        for (uint256 i; i < calls[0].length; ++i) {
            calls[0][i] = theft[i];
        }
        vm.expectRevert(
            abi.encodeWithSelector(IVault.InsufficientBalance.selector, stranger, uint256(uint160(stranger)), 0)
        );
        vault.multicall(calls);

        // And from outside: bytes behind a call mean nothing.
        (bool done, bytes memory reason) = address(vault).call(bytes.concat(theft, bytes20(client)));
        assertFalse(done);
        assertEq(reason, abi.encodeWithSelector(IVault.InsufficientBalance.selector, stranger, 10 ether, 0));
        vm.stopPrank();
        assertEq(vault.balanceOf(client), 10 ether);
    }

    /// @dev One task can never be paid with another's money, whatever its market asks.
    function test_OneTaskSpendingAnothersMoney() external {
        openEscrow(1 ether);
        vm.deal(market, 9 ether);
        vm.prank(market);
        vault.openEscrow{ value: 9 ether }(keccak256("rich"));
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowTooSmall.selector, market, TASK, 2 ether, 1 ether));
        settle(2 ether, 0, 0, 0);
    }

    /// @dev A slash of nothing, settled at any time: a reader would take its event for a provider's fault.
    function test_SlashOfNothing() external {
        vm.prank(stranger);
        vault.setMarket(stranger);
        vm.expectRevert(IVault.ZeroAmount.selector);
        vm.prank(stranger);
        vault.slash(stranger, client, challenger, 0, 0, type(uint256).max);
    }

    /// @dev A market of a thief's own pays its own money and moves nobody's stake.
    function test_AStrangersMarket() external {
        openPool(10 ether);
        hold(4 ether);
        vm.startPrank(stranger);
        bytes memory refusal = abi.encodeWithSelector(IVault.NotMarketOf.selector, provider, stranger, market);
        vm.expectRevert(refusal);
        vault.free(provider, 1);
        vm.expectRevert(refusal);
        vault.penalise(provider, stranger, 1, 1);
        vm.expectRevert(refusal);
        vault.slash(provider, stranger, stranger, 1, 0, 0);
        Settlement memory s = settlementOf(0, 0, 1, 0);
        vm.expectRevert(refusal);
        vault.settle(s);
        vault.settle(settlementOf(0, 0, 0, 0));
        assertEq(pool().held, 4 ether);
        assertEq(pool().assets, 10 ether);
    }

    /// @dev Money that nobody credited changes no account, no pool and no share.
    function test_ForcedEth() external {
        openPool(10 ether);
        fund(client, 1 ether);
        uint256 shares = pool().shares;
        new Forcer{ value: 5 ether }(payable(address(vault)));
        assertEq(address(vault).balance, 16 ether);
        assertEq(pool().assets, 10 ether);
        assertEq(pool().shares, shares);
        assertEq(valueOf(provider), 10 ether);
        vm.prank(client);
        vault.withdraw(1 ether, client);
        assertEq(client.balance, 1 ether);
    }

    /// @dev Sums that leave their field revert, and nothing is cut to fit.
    function test_EdgesOfEveryInteger() external {
        uint256 most = type(uint256).max;
        openPool(10 ether);
        openEscrow(1 ether);
        hold(1 ether);

        vm.expectRevert(stdError.arithmeticError);
        settle(most, 1, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowTooSmall.selector, market, TASK, most, 1 ether));
        settle(most, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IVault.HoldTooSmall.selector, provider, most, 1 ether));
        settle(0, 0, most, most);
        vm.expectRevert(abi.encodeWithSelector(IVault.LockAboveLimit.selector, provider, 1 ether, most, 10 ether));
        settle(0, 0, 0, most);
        vm.expectRevert(abi.encodeWithSelector(IVault.LockAboveLimit.selector, provider, 1 ether, most, 10 ether));
        hold(most);
        vm.expectRevert(abi.encodeWithSelector(IVault.HoldTooSmall.selector, provider, most, 1 ether));
        penalise(most, most);
        vm.expectRevert(abi.encodeWithSelector(IVault.HoldTooSmall.selector, provider, most, 1 ether));
        slash(most, most / 4, 0);
        vm.expectRevert(abi.encodeWithSelector(IVault.TailTooSmall.selector, provider, most, 1, 0));
        slash(1, 0, most);

        vm.deal(market, uint256(1) << 128);
        vm.expectRevert(
            abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 128, uint256(1) << 128)
        );
        vm.prank(market);
        vault.openEscrow{ value: uint256(1) << 128 }(keccak256("large"));
    }

    /// @dev The largest locks there can be fill 72 bits to the last wei.
    function test_EdgesOfLocks() external {
        uint256 most = type(uint72).max;
        openPool(most);
        openEscrow(0);
        hold(most);
        assertEq(pool().held, most);
        settle(0, 0, most, most);
        assertEq(pool().tail, most);
        vm.expectRevert(abi.encodeWithSelector(IVault.LockAboveLimit.selector, provider, most, 1, most));
        hold(1);
    }

    /// @dev Shares of a pool as large as all money there is, at the worst price that takes stake, fit their field.
    function test_EdgesOfShares() external {
        uint256 all = 120_000_000 ether;
        openPool(all);
        assertEq(pool().shares, all * SHARES);
        assertLt(all * SHARES * 1e6, type(uint128).max);
    }
}
