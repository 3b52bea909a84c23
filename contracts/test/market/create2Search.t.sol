// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVerifier } from "../../src/interfaces/IVerifier.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { AddressSearch } from "../../src/verifiers/Create2Search.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract Empty { }

contract Create2SearchTest is MarketFixture {
    bytes20 internal constant HOOK_FLAGS = bytes20(uint160(0x3fff));

    function test_AnOutputOfAnotherSizeIsRefused() external view {
        Task memory task = _saltSearch(0, 0);
        assertTrue(_accepts(task, abi.encodePacked(uint32(1), _salt(7))));
        assertFalse(_accepts(task, ""));
        assertFalse(_accepts(task, abi.encodePacked(uint32(1))));
        assertFalse(_accepts(task, abi.encodePacked(uint32(1), _salt(7), uint32(0))));
    }

    function testFuzz_OnlyTheWordOneMeansFound(uint32 found) external view {
        assertEq(_accepts(_saltSearch(0, 0), abi.encodePacked(found, _salt(7))), found == 1);
    }

    function testFuzz_TheSaltBelongsToTheClient(bytes32 salt) external view {
        Task memory task = _saltSearch(0, 0);
        assertEq(_accepts(task, abi.encodePacked(uint32(1), salt)), bytes20(salt) == bytes20(client));
        assertTrue(_accepts(task, abi.encodePacked(uint32(1), bytes20(client), bytes12(salt))));
    }

    function testFuzz_EveryMaskedBitIsAsWanted(bytes20 mask, bytes20 wanted, uint96 nonce) external view {
        Task memory task = _saltSearch(mask, wanted & mask);
        AddressSearch memory asked = abi.decode(task.verifierData, (AddressSearch));
        bytes20 found = bytes20(search.addressOf(asked, _salt(nonce)));
        bool matches = true;
        for (uint256 bit; bit < 160; ++bit) {
            bytes20 one = bytes20(uint160(1) << uint160(bit));
            if (mask & one != 0 && found & one != wanted & one) matches = false;
        }
        assertEq(_accepts(task, abi.encodePacked(uint32(1), _salt(nonce))), matches);

        asked.wanted = found & mask;
        task.verifierData = abi.encode(asked);
        assertTrue(_accepts(task, abi.encodePacked(uint32(1), _salt(nonce))));
    }

    function test_AWantedBitOutsideTheMaskIsNeverMet() external view {
        Task memory task = _saltSearch(0, bytes20(uint160(1)));
        for (uint256 nonce; nonce < 8; ++nonce) {
            assertFalse(_accepts(task, abi.encodePacked(uint32(1), _salt(nonce))));
        }
    }

    function test_VerifierDataOfAnotherSizeIsRefused() external view {
        Task memory task = _saltSearch(0, 0);
        bytes memory asked = task.verifierData;
        task.verifierData = "no search";
        assertFalse(_accepts(task, abi.encodePacked(uint32(1), _salt(7))));
        task.verifierData = bytes.concat(asked, hex"00");
        assertFalse(_accepts(task, abi.encodePacked(uint32(1), _salt(7))));
        task.verifierData = asked;
        assertTrue(_accepts(task, abi.encodePacked(uint32(1), _salt(7))));
    }

    function test_MoreThanOneElementIsRefused() external view {
        Task memory task = _saltSearch(0, 0);
        task.count = 2;
        assertFalse(_accepts(task, abi.encodePacked(uint32(1), _salt(7))));
    }

    function testFuzz_TheAddressIsWhatCreate2Gives(bytes32 salt) external {
        AddressSearch memory asked = AddressSearch(address(this), keccak256(type(Empty).creationCode), 0, 0);
        address expected = search.addressOf(asked, salt);
        assertEq(address(new Empty{ salt: salt }()), expected);
    }

    function test_AHookSearchIsPaidTheMomentItsSaltIsOpened() external {
        Task memory task = _saltSearch(HOOK_FLAGS, bytes20(uint160(0x00c0)));
        task.bond = 0;
        _publish(task);
        AddressSearch memory asked = abi.decode(task.verifierData, (AddressSearch));
        uint256 nonce;
        while (!search.matches(asked, search.addressOf(asked, _salt(nonce)))) {
            ++nonce;
        }
        Response memory response = _answerSalt(alice, _salt(nonce));
        _commit(task, response);
        _mature();
        _respond(task, response);
        assertEq(vault.balanceOf(alice), PRICE);
    }

    function _accepts(Task memory task, bytes memory output) internal view returns (bool) {
        return search.verify("task", task, 0, alice, output) == IVerifier.verify.selector;
    }

    function _salt(uint256 nonce) internal view returns (bytes32) {
        return bytes32(bytes20(client)) | bytes32(nonce);
    }
}
