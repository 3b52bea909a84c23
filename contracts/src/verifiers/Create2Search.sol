// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Create2 } from "@openzeppelin/contracts/utils/Create2.sol";

import { IVerifier } from "../interfaces/IVerifier.sol";
import { Task } from "../types/Task.sol";

/// @notice The search that a task's `verifierData` asks for, ABI-encoded.
struct AddressSearch {
    /// @dev The factory that will run CREATE2.
    address deployer;
    bytes32 initCodeHash;
    /// @dev Which bits of the address matter, and what they must be. A leading prefix sets the high bits; the hook flags of
    /// Uniswap v4 are the low 14; both can be asked for at once. A wanted bit outside the mask can never be met.
    bytes20 mask;
    bytes20 wanted;
}

/// @title CREATE2 search
/// @notice Accepts a salt whose CREATE2 address has the wanted bits and whose first 20 bytes are the client's address, so that
/// the salt is of use to nobody else in a factory that guards salts so.
contract Create2Search is IVerifier {
    /// @dev Nine words: 1 for found, then the salt.
    uint256 public constant OUTPUT_BYTES = 36;
    /// @dev An encoded `AddressSearch`.
    uint256 public constant SEARCH_BYTES = 128;

    /// @inheritdoc IVerifier
    function verify(bytes32, Task calldata task, uint32, address, bytes calldata output)
        external
        pure
        returns (bytes4 magic)
    {
        // One salt answers one task: with more elements the same salt would be paid for each of them.
        if (task.count != 1 || task.verifierData.length != SEARCH_BYTES) return 0;
        if (output.length != OUTPUT_BYTES || uint32(bytes4(output)) != 1) return 0;
        bytes32 salt = bytes32(output[4:]);
        AddressSearch memory search = abi.decode(task.verifierData, (AddressSearch));
        if (bytes20(salt) != bytes20(task.client) || !matches(search, addressOf(search, salt))) return 0;
        return IVerifier.verify.selector;
    }

    /// @notice The address that `salt` leads to.
    function addressOf(AddressSearch memory search, bytes32 salt) public pure returns (address) {
        return Create2.computeAddress(salt, search.initCodeHash, search.deployer);
    }

    /// @notice Whether `found` has every wanted bit.
    function matches(AddressSearch memory search, address found) public pure returns (bool) {
        return bytes20(found) & search.mask == search.wanted;
    }
}
