"""What is measured in raw answers, where the measure itself is what another exercise asks for.

Beside a student at home, and where answers are judged; never in the room, where a student's code could call it.
"""
