// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";

import { Deploy } from "../../script/Deploy.s.sol";
import { Lens } from "../../src/Lens.sol";
import { Market } from "../../src/Market.sol";
import { Vault } from "../../src/Vault.sol";

contract DeployTest is Test {
    Deploy internal script = new Deploy();

    function test_EverythingIsWiredTogether() external {
        (Deploy.Deployment memory made, bool fresh) = script.deploy();
        assertTrue(fresh);
        assertEq(address(Market(made.market).VAULT()), made.vault);
        assertEq(address(Lens(made.lens).VAULT()), made.vault);
        assertEq(address(Lens(made.lens).MARKET()), made.market);
        assertGt(made.blobs.code.length, 0);
        assertGt(made.create2Search.code.length, 0);
    }

    function test_EveryContractFitsTheSizeLimit() external {
        (Deploy.Deployment memory made,) = script.deploy();
        assertLe(made.vault.code.length, 24_576);
        assertLe(made.market.code.length, 24_576);
        assertLe(made.lens.code.length, 24_576);
    }

    function test_ASecondRunChangesNothing() external {
        (Deploy.Deployment memory first,) = script.deploy();
        (Deploy.Deployment memory second, bool fresh) = script.deploy();
        assertFalse(fresh);
        assertEq(abi.encode(first), abi.encode(second));
    }

    function test_TheLocalChainHasShortPeriods() external {
        (Deploy.Deployment memory made,) = script.deploy();
        assertEq(Vault(made.vault).WINDOW(), 10 minutes);
        assertEq(Vault(made.vault).UNBONDING(), 30 minutes);
        assertEq(Market(made.market).constants().commitmentAge, 1);
        assertEq(Market(made.market).constants().leastPeriod, 5);
        assertEq(Market(made.market).constants().cancelNotice, 30);
    }

    function test_AnyOtherChainHasTheProtocolsPeriods() external {
        vm.chainId(1);
        (Deploy.Deployment memory made,) = script.deploy();
        assertEq(Vault(made.vault).WINDOW(), 48 hours);
        assertEq(Vault(made.vault).UNBONDING(), 7 days);
        assertEq(Vault(made.vault).TICKET_LIFE(), 3 days);
        assertEq(Market(made.market).constants().commitmentAge, 24);
        assertEq(Market(made.market).constants().leastPeriod, 60);
        assertEq(Market(made.market).constants().cancelNotice, 10 minutes);
    }

    function test_TheCommittedDescriptionIsFresh() external {
        (Deploy.Deployment memory made,) = script.deploy();
        string memory path = string.concat(vm.projectRoot(), "/lib/contracts/deployments/31337.json");
        string memory text = script.describe(made, script.times(), script.firstBlock(path, true));
        assertEq(text, vm.readFile(path), "stale: npm run generate");
    }

    function test_ALaterRunKeepsTheFirstBlock() external {
        vm.chainId(1);
        vm.roll(777);
        string memory path = string.concat(vm.projectRoot(), "/cache/deploy-test.json");
        (Deploy.Deployment memory made,) = script.deploy();
        assertEq(script.firstBlock(path, true), 777);
        vm.writeFile(path, script.describe(made, script.times(), 777));
        vm.roll(999);
        assertEq(script.firstBlock(path, false), 777);
        vm.removeFile(path);
        assertEq(script.firstBlock(path, false), 0);
    }
}
