using System.Text.Encodings.Web;

namespace Pexen.Execution.Protocol;

/// <summary>
/// Escapes what JSON demands and nothing else, so letters of any script stay readable; nothing here is ever pasted into HTML unescaped.
/// The framework's relaxed encoder prepares tables of all Unicode at its first use, which took 10 ms of every start, in the build and in the supervisor.
/// </summary>
internal sealed unsafe class ReadableEncoder : JavaScriptEncoder
{
    private const int Delete = 0x7f;
    private const int LongestEscape = 6;

    public static ReadableEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => LongestEscape;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\' or Delete;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (int index = 0; index < textLength; index++)
        {
            char letter = text[index];
            if (WillEncode(letter))
            {
                return index;
            }

            if (!char.IsSurrogate(letter))
            {
                continue;
            }

            // Half a pair cannot be written: it is "encoded" into a replacement character.
            if (!char.IsHighSurrogate(letter) || index + 1 == textLength || !char.IsLowSurrogate(text[index + 1]))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        for (int index = 0; index < utf8Text.Length; index++)
        {
            byte letter = utf8Text[index];
            if (letter > Delete)
            {
                int rest = base.FindFirstCharacterToEncodeUtf8(utf8Text[index..]);
                return rest < 0 ? -1 : index + rest;
            }

            if (WillEncode(letter))
            {
                return index;
            }
        }

        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        char abbreviation = unicodeScalar switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        numberOfCharactersWritten = abbreviation != '\0' ? 2 : LongestEscape;
        if (bufferLength < numberOfCharactersWritten)
        {
            numberOfCharactersWritten = 0;
            return false;
        }

        buffer[0] = '\\';
        if (abbreviation != '\0')
        {
            buffer[1] = abbreviation;
            return true;
        }

        buffer[1] = 'u';
        for (int digit = 0; digit < 4; digit++)
        {
            buffer[2 + digit] = "0123456789abcdef"[(unicodeScalar >> (12 - (4 * digit))) & 0xf];
        }

        return true;
    }
}
