// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Script } from "forge-std/Script.sol";

import { Blobs } from "../src/Blobs.sol";
import { FraudProof } from "../src/FraudProof.sol";
import { Lens } from "../src/Lens.sol";
import { Market } from "../src/Market.sol";
import { Vault } from "../src/Vault.sol";
import { Constants } from "../src/types/Constants.sol";
import { Create2Search } from "../src/verifiers/Create2Search.sol";

/// @notice Puts every contract at the address that its code and constants alone decide, and writes that down in
/// lib/contracts/deployments. What is there already stays; a second run changes nothing.
contract Deploy is Script {
    uint256 internal constant LOCAL_CHAIN = 31_337;
    bytes32 internal constant SALT = 0;

    struct Times {
        uint256 window;
        uint256 unbonding;
        uint256 ticketLife;
        uint256 commitmentAge;
        uint256 leastPeriod;
        uint256 cancelNotice;
    }

    struct Deployment {
        address vault;
        address fraudProof;
        address market;
        address blobs;
        address lens;
        address create2Search;
    }

    function run() external returns (Deployment memory made) {
        string memory path =
            string.concat(vm.projectRoot(), "/lib/contracts/deployments/", vm.toString(block.chainid), ".json");
        bool fresh;
        (made, fresh) = deploy();
        uint256 fromBlock = firstBlock(path, fresh);
        vm.writeFile(path, describe(made, times(), fromBlock));
    }

    /// @notice The addresses, after creating what is missing there; `fresh` when that was everything.
    function deploy() public returns (Deployment memory made, bool fresh) {
        Times memory chosen = times();
        bool created;
        (made.vault, fresh) = _create(
            abi.encodePacked(type(Vault).creationCode, abi.encode(chosen.window, chosen.unbonding, chosen.ticketLife))
        );
        (made.fraudProof, created) = _create(type(FraudProof).creationCode);
        fresh = fresh && created;
        (made.market, created) = _create(
            abi.encodePacked(type(Market).creationCode, abi.encode(made.vault, made.fraudProof, constants(chosen)))
        );
        fresh = fresh && created;
        (made.blobs, created) = _create(type(Blobs).creationCode);
        fresh = fresh && created;
        (made.lens, created) = _create(abi.encodePacked(type(Lens).creationCode, abi.encode(made.vault, made.market)));
        fresh = fresh && created;
        (made.create2Search, created) = _create(type(Create2Search).creationCode);
        fresh = fresh && created;
    }

    /// @notice Periods in seconds: real ones, or short ones to try everything on one's own machine.
    function times() public view returns (Times memory) {
        if (block.chainid == LOCAL_CHAIN) {
            return Times({
                window: 10 minutes,
                unbonding: 30 minutes,
                ticketLife: 1 hours,
                commitmentAge: 1,
                leastPeriod: 5,
                cancelNotice: 30
            });
        }
        return Times({
            window: 48 hours,
            unbonding: 7 days,
            ticketLife: 3 days,
            // Two slots of the chain: one slot that leaves an opening out is not enough to copy it.
            commitmentAge: 24,
            leastPeriod: 60,
            cancelNotice: 10 minutes
        });
    }

    function constants(Times memory chosen) public pure returns (Constants memory) {
        return Constants({
            commitmentAge: chosen.commitmentAge,
            leastPeriod: chosen.leastPeriod,
            cancelNotice: chosen.cancelNotice,
            maxLife: 30 days,
            maxMetadata: 4 * 1024,
            maxPreview: 4 * 1024,
            maxLocator: 4 * 1024,
            maxInlineOutput: 16 * 1024,
            maxOutput: 64 * 1024 * 1024,
            maxInputs: 8,
            verifierGas: 2_000_000
        });
    }

    /// @notice The JSON that the SDK reads, in the formatter's shape.
    function describe(Deployment memory made, Times memory chosen, uint256 fromBlock)
        public
        view
        returns (string memory json)
    {
        json = string.concat("{\n", _line("  ", "chainId", vm.toString(block.chainid)));
        json = string.concat(json, _line("  ", "vault", _quoted(made.vault)));
        json = string.concat(json, _line("  ", "fraudProof", _quoted(made.fraudProof)));
        json = string.concat(json, _line("  ", "market", _quoted(made.market)));
        json = string.concat(json, _line("  ", "blobs", _quoted(made.blobs)));
        json = string.concat(json, _line("  ", "lens", _quoted(made.lens)));
        json = string.concat(json, _line("  ", "create2Search", _quoted(made.create2Search)));
        json = string.concat(json, _line("  ", "fromBlock", vm.toString(fromBlock)));
        json = string.concat(json, "  \"constants\": {\n");
        json = string.concat(json, _line("    ", "windowSeconds", vm.toString(chosen.window)));
        json = string.concat(json, _line("    ", "unbondingSeconds", vm.toString(chosen.unbonding)));
        json = string.concat(json, _line("    ", "ticketLifeSeconds", vm.toString(chosen.ticketLife)));
        json = string.concat(json, _line("    ", "commitmentAgeSeconds", vm.toString(chosen.commitmentAge)));
        json = string.concat(json, _line("    ", "leastPeriodSeconds", vm.toString(chosen.leastPeriod)));
        json = string.concat(json, "    \"cancelNoticeSeconds\": ", vm.toString(chosen.cancelNotice));
        json = string.concat(json, "\n  }\n}\n");
    }

    /// @notice No event of the deployment is older than this block. A local chain begins anew and counts from zero.
    function firstBlock(string memory path, bool fresh) public view returns (uint256) {
        if (block.chainid == LOCAL_CHAIN) return 0;
        if (fresh) return block.number;
        return vm.exists(path) ? vm.parseJsonUint(vm.readFile(path), ".fromBlock") : 0;
    }

    /// @dev Through the deterministic deployer that forge's broadcasts and anvil share.
    function _create(bytes memory initCode) internal returns (address target, bool created) {
        target = vm.computeCreate2Address(SALT, keccak256(initCode));
        if (target.code.length != 0) return (target, false);
        vm.broadcast();
        (bool success,) = CREATE2_FACTORY.call(abi.encodePacked(SALT, initCode));
        require(success && target.code.length != 0, NotDeployed(target));
        return (target, true);
    }

    function _line(string memory indent, string memory name, string memory value)
        internal
        pure
        returns (string memory)
    {
        return string.concat(indent, "\"", name, "\": ", value, ",\n");
    }

    function _quoted(address value) internal pure returns (string memory) {
        return string.concat("\"", vm.toString(value), "\"");
    }

    error NotDeployed(address target);
}
