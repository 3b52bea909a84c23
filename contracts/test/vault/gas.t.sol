// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Settlement } from "../../src/types/Settlement.sol";
import { VaultTest } from "./VaultTest.sol";

/// @notice Gas of the calls inside a transaction, its 21,000 and its calldata not counted, from cold storage.
/// Accounts are warm: they have balances already, and the pool locked before.
contract GasTest is VaultTest {
    function setUp() public override {
        super.setUp();
        openPool(100 ether);
        stakeFor(staker, 100 ether);
        fund(provider, 1 ether);
        fund(client, 1 ether);
        fund(challenger, 1 ether);
        fund(address(0), 1 ether);
        vm.prank(provider);
        vault.setOperator(operator, true, 0);
        openEscrow(10 ether);
        hold(1 ether);
        settle(1 ether, 0, 0, 1 ether);
    }

    function measure(string memory name) private {
        vm.snapshotGasLastCall("Vault", name);
    }

    function byOperator(uint256 held, uint256 bond) private view returns (Settlement memory settlement) {
        settlement = settlementOf(1 ether, 0.5 ether, held, bond);
        settlement.worker = operator;
    }

    /// @dev Bytes; a chain takes 24,576.
    function test_Size() external {
        vm.snapshotValue("Vault", "bytes of code", address(vault).code.length);
    }

    function test_Money() external {
        vm.deal(staker, 2 ether);
        vm.startPrank(staker);
        vm.cool(address(vault));
        vault.deposit{ value: 1 ether }(staker);
        measure("deposit, first");
        vm.cool(address(vault));
        vault.transfer(client, 0.25 ether);
        measure("transfer");
        vm.cool(address(vault));
        vault.withdraw(0.25 ether, staker);
        measure("withdraw");
    }

    function test_Stake() external {
        fund(staker, 1 ether);
        vm.startPrank(staker);
        vm.cool(address(vault));
        vault.stake(provider, 0.5 ether, market, 10_000);
        measure("stake");
        vm.cool(address(vault));
        vault.requestUnstake(provider, 0.5 ether * SHARES);
        measure("requestUnstake");
        skip(U);
        vm.cool(address(vault));
        vault.unstake(provider);
        measure("unstake");
    }

    function test_Registration() external {
        bytes[] memory calls = new bytes[](5);
        calls[0] = abi.encodeCall(vault.setMarket, (market));
        calls[1] = abi.encodeCall(vault.setCommission, (9_000));
        calls[2] = abi.encodeCall(vault.setLockLimit, (1 ether));
        calls[3] = abi.encodeCall(vault.stake, (stranger, 1 ether, market, 10_000));
        calls[4] = abi.encodeCall(vault.setOperator, (operator, true, 0.1 ether));
        vm.deal(stranger, 1.1 ether);
        vm.cool(address(vault));
        vm.prank(stranger);
        vault.multicall{ value: 1.1 ether }(calls);
        measure("multicall that registers a provider");
    }

    function test_Escrow() external {
        vm.deal(market, 1 ether);
        vm.startPrank(market);
        vm.cool(address(vault));
        vault.openEscrow{ value: 1 ether }(keccak256("another task"));
        measure("openEscrow");
        vm.cool(address(vault));
        vault.closeEscrow(TASK, client);
        measure("closeEscrow");
    }

    function test_Settle() external {
        vm.startPrank(market);
        vm.cool(address(vault));
        vault.settle(byOperator(0, 0));
        measure("settle without bond");
        vm.cool(address(vault));
        vault.settle(byOperator(0, 1 ether));
        measure("settle with a bond");
        vm.cool(address(vault));
        vault.settle(byOperator(0.5 ether, 0.5 ether));
        measure("settle with a held bond");
        vm.stopPrank();
        vm.prank(provider);
        vault.setCommission(1_000);
        vm.cool(address(vault));
        vm.prank(market);
        vault.settle(byOperator(0, 1 ether));
        measure("settle with a bond, earnings shared");
    }

    function test_Locks() external {
        vm.startPrank(market);
        vm.cool(address(vault));
        vault.hold(provider, operator, 3 ether, 0);
        measure("hold");
        vm.cool(address(vault));
        vault.free(provider, 1 ether);
        measure("free");
        vm.cool(address(vault));
        vault.penalise(provider, challenger, 1 ether, 0.2 ether);
        measure("penalise");
        vm.cool(address(vault));
        vault.slash(provider, client, challenger, 1 ether, 0.25 ether, 0);
        measure("slash");
    }
}
